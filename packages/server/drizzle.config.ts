import { defineConfig } from 'drizzle-kit';

// `pnpm --filter @headstart/server exec drizzle-kit generate --name what` writes the next migration after a change of the schema.
export default defineConfig({ dialect: 'postgresql', schema: './src/store/schema.ts', out: './migrations' });

import { createHash, randomBytes } from 'node:crypto';
import { desc, eq, isNull, sql } from 'drizzle-orm';
import { notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Db } from '../store/database.ts';
import { apiKeys, facts } from '../store/schema.ts';

/** What a key may do; `admin` may do everything, and alone gives out keys. */
export const scopes = ['read', 'write', 'train', 'predict', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export type KeyRow = typeof apiKeys.$inferSelect;

/** Milliseconds that a key that was looked up is known for; a key that is revoked elsewhere works no longer than that. */
const remembered = 5000;

/** The API keys. A key is shown once, when it is made; the database has its SHA-256. */
export class Keys {
  readonly #db: Db;
  readonly #cache = new Map<string, { readonly row: KeyRow | undefined; readonly at: number }>();

  constructor(db: Db) {
    this.#db = db;
  }

  async create(
    name: string,
    granted: readonly Scope[],
    expiresAt: Date | null = null,
  ): Promise<{ readonly key: string; readonly row: KeyRow }> {
    const key = `hs_${randomBytes(32).toString('base64url')}`;
    const values = { id: newId('key'), name, hash: hashOf(key), hint: `${key.slice(0, 7)}…`, scopes: [...granted], expiresAt };
    const [row] = await this.#db.insert(apiKeys).values(values).returning();
    return { key, row: row as KeyRow };
  }

  /** The first key, made by whichever process comes first; undefined ever after. */
  async createFirst(): Promise<string | undefined> {
    return this.#db.transaction(async (tx) => {
      const won = await tx.insert(facts).values({ name: 'first-key', value: 'made' }).onConflictDoNothing().returning();
      if (won.length === 0) return undefined;
      return (await new Keys(tx as unknown as Db).create('first', ['admin'])).key;
    });
  }

  /** The key's row, while it is valid. */
  async find(key: string): Promise<KeyRow | undefined> {
    const hash = hashOf(key);
    const now = Date.now();
    let known = this.#cache.get(hash);
    if (!known || now - known.at > remembered) {
      const [row] = await this.#db.select().from(apiKeys).where(eq(apiKeys.hash, hash));
      known = { row, at: now };
      // Guesses must not fill the memory.
      if (this.#cache.size > 10_000) this.#cache.clear();
      this.#cache.set(hash, known);
    }
    const { row } = known;
    const valid = row && row.revokedAt === null && (row.expiresAt === null || row.expiresAt.getTime() > now);
    return valid ? row : undefined;
  }

  list(): Promise<KeyRow[]> {
    return this.#db.select().from(apiKeys).where(isNull(apiKeys.revokedAt)).orderBy(desc(apiKeys.createdAt));
  }

  async revoke(id: string): Promise<void> {
    const gone = await this.#db.update(apiKeys).set({ revokedAt: sql`now()` }).where(eq(apiKeys.id, id)).returning();
    if (gone.length === 0) throw notFound('key', id);
    this.#cache.clear();
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

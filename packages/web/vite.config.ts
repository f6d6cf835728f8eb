import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'esnext',
    rolldownOptions: {
      output: {
        // The engine by itself, so that the build's table tells its size and an upgrade of the page does not fetch it again.
        codeSplitting: { groups: [{ name: 'engine', test: /\/packages\/core\/(?!.*runtime-browser)/ }] },
      },
    },
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const output = {
  // The engine by itself: the build's table tells its size. The helpers that scripts share must not lie in the entry script, which
  // the threads of onnxruntime would then load and run once more each.
  codeSplitting: { groups: [{ name: 'engine', test: /\/packages\/core\/(?!.*runtime-browser)/ }] },
};

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es', rolldownOptions: { output } },
  build: { target: 'esnext', rolldownOptions: { output } },
});

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const locales = fileURLToPath(new URL("../assets/locales", import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  base: "./",
  clearScreen: false,
  resolve: { alias: { "@locales": locales } },
  server: { port: 5173, strictPort: true, fs: { allow: [".", locales] } },
  // The tests of what the window knows run the parts that are meant for a browser.
  ...(process.env.VITEST ? { resolve: { alias: { "@locales": locales }, conditions: ["browser"] } } : {}),
  // Fonts stay files: the content security policy lets no `data:` fonts in.
  build: { target: "safari16", assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});

import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const locales = fileURLToPath(new URL("../assets/locales", import.meta.url));

/** Every web view that we run in reads .woff2; the .woff beside each in the package would only make the program larger. */
const onlyWoff2: Plugin = {
  name: "only-woff2",
  enforce: "pre",
  transform: (code, id) => (id.includes("@fontsource") ? code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, "") : undefined),
};

export default defineConfig({
  plugins: [onlyWoff2, svelte()],
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

import "@fontsource/source-sans-3/latin-400.css";
import "@fontsource/source-sans-3/latin-600.css";
import "@fontsource/source-sans-3/latin-700.css";
import "@fontsource/source-sans-3/latin-ext-400.css";
import "@fontsource/source-sans-3/latin-ext-600.css";
import "@fontsource/source-sans-3/latin-ext-700.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { listen } from "./keyboard/keys";
import { calmTheWebView } from "./keyboard/webview";
import { look } from "./state/look.svelte";

look.begin();
calmTheWebView();
listen();
const target = document.getElementById("app");
if (target) mount(App, { target });

// Starts GOV.UK's components (error summary, skip link, buttons that are pressed twice).
// Nothing on a page depends on it, and no script here evaluates text.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

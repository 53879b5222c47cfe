// The script of the register at the door and of signing in, see lean.scss. Every page works without it.
import { Button, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, createAll } from "govuk-frontend";
import "./door.js";
import "./passkey.js";
import "./scan.js";
import { watchSession } from "./session.js";

for (const component of [Button, ErrorSummary, NotificationBanner, PasswordInput, SkipLink]) {
  createAll(component);
}

watchSession();

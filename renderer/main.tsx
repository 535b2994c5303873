// First of all: main answers while the rest is evaluated.
import './app/ask-early';

import '@fontsource-variable/inter';
import './app/first-styles';
import './app/app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/app';
import { followSession, loadStart } from './app/session-store';

/** A wait is shown when main takes longer to answer; a shorter one would be drawn for nothing, and delay the form. */
const SHORTEST_WAIT_SHOWN_MS = 150;

const root = document.getElementById('root');
if (root) {
  followSession();
  const waited = new Promise((passed) => setTimeout(passed, SHORTEST_WAIT_SHOWN_MS));
  void Promise.race([loadStart(), waited]).then(() => {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  });
}

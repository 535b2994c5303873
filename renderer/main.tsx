// First of all: main answers while the rest is evaluated.
import './app/ask-early';

import '@fontsource-variable/inter';
import './app/first-styles';
import './app/app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/app';
import { followSession, loadStart } from './app/session-store';

const root = document.getElementById('root');
if (root) {
  // Before the first drawing, which then shows the form and no wait.
  followSession();
  void loadStart();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

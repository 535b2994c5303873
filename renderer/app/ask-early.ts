import { askEarly } from './early-questions';

// Evaluated before React and the interface: main answers meanwhile.
askEarly();

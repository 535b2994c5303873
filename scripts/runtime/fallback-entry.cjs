// Entry of an app packed on the fallback runtime, which has no default app to prepare it.
require('./node18-builtins.cjs');
require('./dist/main/main.cjs');

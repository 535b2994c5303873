/** Import boundaries of the house (docs/architecture.md): a broken one fails the tests. */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'renderer-sees-shared-only', severity: 'error', from: { path: '^renderer/' }, to: { path: '^(electron|tests|scripts)/' } },
    { name: 'shared-sees-nothing', severity: 'error', from: { path: '^shared/' }, to: { path: '^(electron|renderer|tests|scripts)/' } },
    { name: 'shared-is-pure', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    { name: 'electron-never-sees-renderer', severity: 'error', from: { path: '^electron/' }, to: { path: '^(renderer|tests)/' } },
    {
      name: 'features-through-their-door',
      comment: 'Inside electron/, a feature folder is entered through its index.ts; storage/ and the ports of the pipeline are common ground.',
      severity: 'error',
      from: { path: '^electron/([^/]+)/' },
      to: {
        path: '^electron/(consultation|quota|journal|habilitations|agents|dossiers|documents|batches|search|sandbox|settings|http)/',
        pathNot: ['^electron/$1/', '^electron/[^/]+/index[.]ts$', '^electron/consultation/ports[.]ts$'],
      },
    },
    {
      name: 'pipeline-knows-interfaces-only',
      severity: 'error',
      from: { path: '^electron/consultation/' },
      to: { path: '^electron/(journal|quota|habilitations|agents|dossiers|documents|sandbox)/' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '^electron/main[.]ts$' } },
    {
      name: 'electron-at-the-edge',
      comment: 'Only the window, the door and the thin adapters know Electron: the rest runs in plain Node tests.',
      severity: 'error',
      from: { path: '^electron/', pathNot: ['^electron/(main|window|ipc|preload)[.]ts$', '-electron[.]ts$'] },
      to: { path: '^electron$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-in-one-place',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/http/' },
      to: { path: 'node_modules/undici' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};

export { EXIT, type ExitCode } from './exit-code';
export { isHeadless, readOptions } from './options';
export { createReport, type Report } from './report';
export { headlessProgram, type ProgramDeps } from './program';

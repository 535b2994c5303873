export { type AnswerStore, answersSchema, createAnswerStore } from './answer-store';
export { sourceOfPointer } from './document-links';
export { consultationHandlers, type ConsultationHandlerDeps } from './handlers';
export { createLinkRegistry, type LinkRegistry } from './links';
export { type Consult, type ConsultOptions, createConsult, type PipelineDeps } from './pipeline';

import type { Environment } from '../shared/domain/environment';
import { errorOf, interpretFailure } from '../shared/errors';
import type { PrivilegesAnswer } from './habilitations';
import { type HttpClient, parseJson } from './http';
import type { Secret } from './storage/secret';

import { interpretFailure } from '../../shared/errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';
import { parseJson } from '../http';
import type { Call } from './call';
import { failureOf } from './failures';
import { type Exchange, type Received, requestIdOf } from './received';

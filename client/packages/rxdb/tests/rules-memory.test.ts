import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { holdRules } from './rules.fixture.js';

holdRules('memory', getRxStorageMemory);

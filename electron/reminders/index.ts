export { reminderHandlers } from './handlers';
export { createReminderStore } from './reminder-store';
export { remindingConsult } from './reminding-consult';
export { remindersSchema } from './schema';

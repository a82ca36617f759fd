/** English. */
import { app } from './app';
import { canvas } from './canvas';
import { home } from './home';
import { jobs } from './jobs';
import { settings } from './settings';
import { sharing } from './sharing';

export const en = { app, canvas, home, jobs, settings, sharing };

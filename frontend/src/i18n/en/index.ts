/** English. */
import { app } from './app';
import { canvas } from './canvas';
import { history } from './history';
import { home } from './home';
import { jobs } from './jobs';
import { settings } from './settings';
import { sharing } from './sharing';

export const en = { app, canvas, history, home, jobs, settings, sharing };

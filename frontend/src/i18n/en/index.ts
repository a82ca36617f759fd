/** English. */
import { app } from './app';
import { canvas } from './canvas';
import { history } from './history';
import { home } from './home';
import { images } from './images';
import { jobs } from './jobs';
import { settings } from './settings';
import { sharing } from './sharing';

export const en = { app, canvas, history, home, images, jobs, settings, sharing };

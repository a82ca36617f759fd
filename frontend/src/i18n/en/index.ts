/** English. */
import { app } from './app';
import { canvas } from './canvas';
import { history } from './history';
import { home } from './home';
import { images } from './images';
import { jobs } from './jobs';
import { operator } from './operator';
import { review } from './review';
import { settings } from './settings';
import { sharing } from './sharing';

export const en = { app, canvas, history, home, images, jobs, operator, review, settings, sharing };

import './mantine.css';
import '@mantine/notifications/styles.css';
import './targets.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { speakPreferred } from './i18n';
import { restoreArrival } from './services/arrival';

restoreArrival();
const root = document.getElementById('root');
const show = () => root && createRoot(root).render(<App />);
// Without the words of another language, the page speaks English rather than not at all.
speakPreferred().then(show, show);

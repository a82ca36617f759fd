import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './targets.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { restoreArrival } from './services/arrival';

restoreArrival();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

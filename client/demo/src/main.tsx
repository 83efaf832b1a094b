import '@fontsource-variable/public-sans/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/sign-in.css';
import './styles/together.css';
import './styles/inspections.css';
import './styles/places.css';
import './styles/dialogs.css';
import { render } from 'preact';
import { App } from './ui/app.js';
import { followTheme } from './ui/theme.js';

followTheme();
render(<App />, document.getElementById('app')!);

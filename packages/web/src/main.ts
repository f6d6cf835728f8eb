import { studio } from './site/address.ts';
import './elements/headstart-studio.ts';
import { keepTheme, startOffline } from './site/page.ts';

/** The page that stands alone: the studio element, kept for use without a network. */
keepTheme(studio);
startOffline(studio);

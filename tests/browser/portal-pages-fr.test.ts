import { describePortalPages } from './portal-pages.js';

describePortalPages('fr');

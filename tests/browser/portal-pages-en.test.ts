import { describePortalPages } from './portal-pages.js';

describePortalPages('en');

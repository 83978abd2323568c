/** The real job host over the kinds of this folder, which behave and misbehave on demand. Built by tests only. */
import { openHostChannel } from '../host-channel';
import { serveJob } from '../serve';

serveJob(openHostChannel(), import.meta.glob('./kinds/*.ts'));

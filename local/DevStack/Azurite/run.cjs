// Runs Azurite for as long as its parent holds the other end of standard input.
//
// The operating system closes that pipe when the parent ends, however it ends (kill -9, a crash, power taken from a
// container), on every platform. No process identifier is watched, so none can be mistaken, and no orphan stays.
'use strict';

const GRACE_MS = 5000;

// Ctrl+C in a terminal reaches every process of the group at once. Azurite has to outlive the app, which still writes
// to it while it stops; so only the pipe ends it.
const once = process.once;
process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

process.stdin.on('error', stop);
process.stdin.on('end', stop);
process.stdin.resume();

function stop() {
  // Azurite's own way out writes its databases to disk; before it is up there is nothing to write.
  if (!process.emit('SIGTERM')) process.exit(0);
  setTimeout(() => process.exit(0), GRACE_MS).unref();
}

require('./node_modules/azurite/dist/src/azurite.js');

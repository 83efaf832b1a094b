/** In place of the imitation of IndexedDB: the browser has its own. */
export {};

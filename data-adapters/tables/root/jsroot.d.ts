// jsroot comes without types for its modules; what is used of them is declared where it is used.
declare module 'jsroot/io';
declare module 'jsroot/rntuple';
declare module 'jsroot/tree';

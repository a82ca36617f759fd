/** Made by the build: what it took out of the editor (build/slim.ts). */
declare module 'virtual:cjk-font' {}

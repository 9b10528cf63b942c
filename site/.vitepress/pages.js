import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** README.md is the index of its folder, as it is where the repository is shown. */
export const indexed = (page) => page.replace(/(^|\/)README(?=$|\.md)/, '$1index');

/** Files of the repository that pages link to. They are part of the site, as text. */
const files = new Set();

/** The place on the site for a link of a page in a directory; nothing where the site has no such place. */
function linkOnSite(href, directory) {
  if (/^([a-z]+:|#)/i.test(href)) {
    return href;
  }
  const [path, fragment] = href.split(/(?=#)/);
  if (path.endsWith('.md')) {
    return indexed(path) + (fragment ?? '');
  }
  const target = resolve(directory, decodeURI(path));
  if (statSync(target).isDirectory()) {
    return existsSync(join(target, 'README.md')) ? `${path.replace(/\/$/, '')}/index.md` : undefined;
  }
  files.add(target);
  return `/${textFile(target)}`;
}

/** A server shows a text file; a script or a source it offers to save, or does not know. */
const textFile = (file) => relative(ROOT, file).replaceAll('\\', '/').replace(/(\.txt)?$/, '.txt');

export function copyFiles({ outDir }) {
  for (const file of files) {
    const copy = join(outDir, textFile(file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

/** Links of the pages, which go by the files of the repository, become links of the site. */
export function linksOnSite(md) {
  md.core.ruler.push('links_on_site', ({ tokens, env }) => {
    for (const inline of tokens.filter((token) => token.type === 'inline')) {
      let plain = false;
      inline.children = inline.children.filter((token) => {
        if (token.type === 'link_open') {
          const href = linkOnSite(token.attrGet('href'), dirname(env.path));
          plain = href === undefined;
          token.attrSet('href', href ?? '');
        }
        return !(plain && token.type.startsWith('link_'));
      });
    }
  });
}

/** Braces are no expressions of Vue. */
export function textAsItIs(md) {
  for (const rule of ['text', 'code_inline']) {
    const render = md.renderer.rules[rule];
    md.renderer.rules[rule] = (...token) => render(...token).replaceAll('{{', '&#123;&#123;');
  }
}

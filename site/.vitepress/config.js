import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';

const ROOT = resolve(import.meta.dirname, '../..');

// Each page stands in one group, and its first heading is its entry.
const GROUPS = {
  'Begin here': ['README', 'docs/getting-started', 'docs/choosing-a-backend', 'docs/migrating-from-pystorage'],
  'Use it': ['docs/storages', 'docs/options', 'docs/urls', 'docs/expiry', 'docs/near-cache', 'docs/policies'],
  'Values': ['docs/json', 'docs/pickle'],
  'With others': ['docs/spring', 'docs/spring-boot', 'docs/jcache', 'docs/metrics', 'docs/shell'],
  'Rely on it': ['docs/guarantees', 'docs/compatibility', 'compatibility/README', 'findings/README'],
  'Speed': ['docs/performance', 'benchmarks/README', 'benchmarks/results/README'],
  'Extend it': ['docs/writing-a-backend', 'docs/design', 'docs/format', 'outside/README'],
  'The project': ['CHANGELOG', 'CONTRIBUTING', 'SECURITY'],
};
const GROUPED = new Set(Object.values(GROUPS).flat());

/** README.md is the index of its folder, as it is where the repository is shown. */
const indexed = (page) => page.replace(/(^|\/)README(?=$|\.md)/, '$1index');

function entry(page) {
  const heading = readFileSync(join(ROOT, `${page}.md`), 'utf8').match(/^# (.*)$/m)[1];
  return { text: heading.replaceAll('`', ''), link: `/${indexed(page)}` };
}

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

function copyFiles({ outDir }) {
  for (const file of files) {
    const copy = join(outDir, textFile(file));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

function linksOnSite(md) {
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

/** Pages lie beside the folder of this site, and do not find the modules in it by themselves. */
const vueOfTheSite = {
  name: 'vue-of-the-site',
  enforce: 'pre',
  resolveId: (id, _importer, { ssr }) => (ssr && /^vue($|\/)/.test(id) ? { id, external: true } : undefined),
};

export default defineConfig({
  title: 'jstorage',
  description: 'Key→value storage and caching for Java behind one small contract',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: ROOT,
  srcExclude: ['**/target/**', '**/src/**'],
  rewrites: indexed,
  cacheDir: 'target/cache',
  vite: { plugins: [vueOfTheSite] },
  markdown: {
    // Pages are Markdown as the repository shows it, and no templates: <T> and {{ are text.
    html: false,
    linkify: false,
    attrs: { disable: true },
    emoji: { enabled: [] },
    anchor: { slugify: slug },
    config: linksOnSite,
  },
  transformPageData({ filePath }) {
    if (!GROUPED.has(filePath.replace(/\.md$/, ''))) {
      throw new Error(`${filePath} has no group in site/.vitepress/config.js`);
    }
  },
  buildEnd: copyFiles,
  themeConfig: {
    nav: [
      { text: 'Getting started', link: '/docs/getting-started' },
      { text: 'Options', link: '/docs/options' },
      // The router of the pages leaves links with a target alone.
      { text: 'Javadoc', link: '/api/index.html', target: '_self' },
    ],
    sidebar: Object.entries(GROUPS).map(([text, pages]) => ({ text, items: pages.map(entry) })),
    outline: [2, 3],
    search: { provider: 'local' },
  },
});

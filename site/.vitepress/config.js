import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { ROOT, copyFiles, indexed, linksOnSite, textAsItIs } from './pages.js';

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

function entry(page) {
  const heading = readFileSync(join(ROOT, `${page}.md`), 'utf8').match(/^# (.*)$/m)[1];
  return { text: heading.replaceAll('`', ''), link: `/${indexed(page)}` };
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
    // Pages are the Markdown that the repository shows, and no templates of Vue: <T> is text.
    html: false,
    linkify: false,
    attrs: { disable: true },
    anchor: { slugify: slug },
    config: (md) => md.disable('emoji').use(linksOnSite).use(textAsItIs),
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

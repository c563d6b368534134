import { expect } from 'chai';
import { markup, pageText, prose } from '../../src/api/pages/markup.ts';

describe('Markup', () => {
  it('makes text of everything that is not markup', () => {
    const text = `<b>"A" & 'B'</b>`;
    expect(markup`<p title="${text}">${text}</p>`.html).to.equal(
      '<p title="&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;">&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;</p>',
    );
  });

  it('takes markup as it is, one or many, and numbers', () => {
    const items = [1, 2].map((number) => markup`<li>${number}</li>`);
    expect(markup`<ul>${items}</ul>${markup`<hr>`}`.html).to.equal('<ul><li>1</li><li>2</li></ul><hr>');
  });

  it('makes code of what stands between backticks, and text of what is in it', () => {
    expect(prose('Lees `a<b` & `c`.').html).to.equal('Lees <code>a&lt;b</code> &amp; <code>c</code>.');
  });

  it('escapes the title of a page', () => {
    expect(pageText({ title: '<A>', styles: [], body: markup`` })).to.include('<title>&lt;A&gt;</title>');
  });
});

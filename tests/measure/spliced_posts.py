#!/usr/bin/env python3
"""Makes a site of broken posts: blocks of real posts, put together at random, with lines moved, cut, doubled and marked.

    tests/measure/spliced_posts.py [--posts N] [--seed N] OUT SITE...

OUT is a folder that must not exist yet; of each SITE all Markdown files are read. The same seed makes the same posts. What
real posts never hold is where readings of Markdown differ: compare the reading of these with kramdown's own, and give them
to tests/measure/same_page.rb to see that fixes change no page. Tags of Liquid are left out of the blocks; whole ones come
in again, and those that the splicing breaks are nothing that Jekyll builds.
"""

import argparse
import pathlib
import random
import re

EXTENSIONS = {".md", ".markdown", ".mkd", ".mkdn", ".mkdown"}
LARGEST_FILE = 60_000
LARGEST_BLOCK = 900

CONSTRUCTS = """* item
- item
1. item
1) item
+ item
   continued
    code
> quote
>> quote
{: .class #id}
{:.class}
{:toc}
^
***
---
| a | b |
|---|---|
| 1 | 2
term
: definition
[^1]
[^1]: note
[ref]: https://example.org "title"
[ref]
![picture](a.png){:width="3"}
`a``b`
*a **b* c**
_a_b_
<div markdown="1">
</div>
<p>x *y*</p>
<span>*a*
<br/>
<!-- comment -->
<details><summary>a</summary>
</details>
$$x$$
# Heading
## Heading {#id}
===
~~~
```ruby
```
{::comment}
{:/comment}
{:/}
*[HTML]: Hyper
HTML
&amp; &lt; &#x27;
\\* \\_ \\`
"q" 's' -- --- ...
~~x~~
- [ ] task
<https://example.org>
<a@example.org>
{% raw %}{{ x }}{% endraw %}
{{ x }}
{% if a %}
{% endif %}
{% include a.html %}""".split("\n")

STARTS = ["> ", "* ", "1. ", "- ", "    ", "| ", "# ", "\t"] + [" " * count for count in (1, 2, 3, 4, 5, 8)]
ENDS = ["  ", "{: .x}", "{:#y}", " |", " #", "\\\\", " {:.z}"]
MARKS = ["*", "_", "`", "[", "]", "(", ")", "<", ">", '"', "'", "\\", "$$", "{:", "}", "|", "&", ":", "!", "  ", "[^", "~~", "**", "\n"]
BETWEEN = ["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", " \n\n"]


def blocks_of(sites):
    """The blocks of all Markdown files: what blank lines part."""
    blocks = []
    for site in sites:
        for path in sorted(pathlib.Path(site).rglob("*")):
            if path.suffix not in EXTENSIONS or not path.is_file() or path.stat().st_size > LARGEST_FILE:
                continue
            text = path.read_text(encoding="utf-8", errors="ignore")
            text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
            blocks += [block for block in re.split(r"\n\s*\n", text) if 0 < len(block) < LARGEST_BLOCK]
    return blocks


def spoiled(block, lines, chance):
    """The block with some of its lines changed."""
    own = block.split("\n")
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        at = chance.randrange(len(own))
        column = chance.randrange(len(own[at]) + 1)
        change = chance.randrange(6)
        if change == 0:
            own[at] = chance.choice(STARTS) + own[at]
        elif change == 1:
            own[at] += chance.choice(ENDS)
        elif change == 2:
            own.insert(at, chance.choice(lines))
        elif change == 3:
            own.insert(at, chance.choice(CONSTRUCTS))
        elif change == 4 and len(own) > 1:
            del own[at]
        else:
            own[at] = own[at][:column] + chance.choice(MARKS) + own[at][column:]
    return "\n".join(own)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("sites", metavar="SITE", nargs="+")
    options = parser.parse_args()

    blocks = blocks_of(options.sites)
    lines = [line for block in blocks for line in block.split("\n")]
    chance = random.Random(options.seed)
    posts = pathlib.Path(options.out) / "_posts"
    posts.mkdir(parents=True)
    (posts.parent / "_config.yml").write_text("title: Spliced\n", encoding="utf-8")
    for number in range(options.posts):
        body = ""
        for _ in range(chance.randrange(2, 9)):
            block = chance.choice(blocks) if blocks and chance.random() < 0.75 else chance.choice(CONSTRUCTS)
            body += spoiled(block, lines or CONSTRUCTS, chance) + chance.choice(BETWEEN)
        name = f"2020-01-{1 + number % 28:02}-post-{number}.md"
        (posts / name).write_text(f'---\ntitle: "Post {number}"\n---\n\n{body}', encoding="utf-8")


if __name__ == "__main__":
    main()

use super::*;
use crate::site::Site;
use crate::site::config::SiteConfig;
use crate::site::text_file::parse_yaml;

fn site(config: &str) -> Site {
    let values = match parse_yaml(config) {
        Ok(Value::Map(map)) => map,
        other => panic!("{other:?}"),
    };
    Site { config: SiteConfig::from_values(values, "_config.yml", config, &mut Vec::new()), ..Site::none() }
}

fn print_in(site: &Site, text: &str) -> Option<String> {
    let front_matter = "---\ntitle: A post\nimage: {path: /img/a.png}\nlist: [x, y]\n---\n";
    let post = crate::post::Post::parse("_posts/2023-05-01-a-b.md", crate::post::DocumentKind::Post, front_matter, site);
    match evaluate(text, &Page::of_post(&post)) {
        Evaluated::Known(text) => Some(text.into_owned()),
        Evaluated::Unknown => None,
    }
}

/// Results of Jekyll 4.3.1.
#[test]
fn urls_are_evaluated_as_jekyll_does() {
    let site = site("baseurl: /blog\nurl: https://example.org\nauthor: {name: Ada}\n");
    for (text, expected) in [
        ("/a", "/a"),
        ("{{ site.baseurl }}/a", "/blog/a"),
        ("{{ '/img/x.png' | prepend: site.baseurl }}", "/blog/img/x.png"),
        ("{{ '/img/x.png' | prepend: site.baseurl | prepend: site.url }}", "https://example.org/blog/img/x.png"),
        ("{{ \"/a b?q=1#h\" | relative_url }}", "/blog/a%20b?q=1#h"),
        ("{{ 'a' | relative_url }}", "/blog/a"),
        ("{{ '' | relative_url }}", "/blog"),
        ("{{ 'mailto:a@example.org' | relative_url }}", "mailto:a@example.org"),
        ("{{ '/a' | absolute_url }}", "https://example.org/blog/a"),
        ("{{ page.url }}", "/2023/05/01/a-b.html"),
        ("{{ page.title | slugify }}-{{ page.slug }}", "a-post-a-b"),
        ("{{ page.image.path | replace: 'a.png', 'b.png' }}", "/img/b.png"),
        ("{{ page.list.last }}{{ page.list[0] }}{{ page['title'] | upcase }}", "yxA POST"),
        ("{{ site.author.name | downcase | append: '.png' }}", "ada.png"),
        ("{{ page.nothing }}{{ site.nothing }}x", "x"),
        ("{{ page.nothing | default: '/d' }}", "/d"),
        ("{{ 'a b&c' | url_encode }}", "a+b%26c"),
    ] {
        assert_eq!(print_in(&site, text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_unknown() {
    let site = site("baseurl: /blog\nflag: yes\nplugins: [jekyll-made-up]\n");
    for text in [
        "{{ include.url }}",
        "{{ x }}",
        "{{ site.posts.first.url }}",
        "{{ site.flag }}",
        "{{ site.set_by_a_plugin }}",
        "{{ '/a' | my_filter }}",
        "{{ page.date | date: '%Y' }}",
        "{{- '/a' }}",
        "{% include x %}",
        "{{ '/a'",
        "{{ page.title | append 'x' }}",
    ] {
        assert_eq!(print_in(&site, text), None, "{text}");
    }
}

#!/usr/bin/env ruby
# frozen_string_literal: true

# Whether fixes leave the page as it is: real kramdown's HTML of every document of a site before and after
# `postlint check --fix`, compared. White space between words and at the end of a term does not
# count; white space in <pre> does.
#
#   ruby tests/measure/same_page.rb [--select RULE | --all] [--show N] target/release/postlint SITE...
#
# --select  the rules whose fixes are applied (default: style/one-sentence-per-line)
# --all     the fixes of all rules that are on. Then pages do change, by the corrections: every stretch of HTML that
#           differs must be one that was changed in the source too. The others are told, and all are counted.
# --show    how many differing documents are shown (default: 5); with --all, also how many corrections
#
# It works on a copy of the site, and also tells what a second run still changes. Needed: Ruby with the gems kramdown
# and kramdown-parser-gfm, and `diff`. Exit code 1: some page differs, a second run changes something, or postlint failed.

require 'cgi'
require 'date'
require 'fileutils'
require 'open3'
require 'optparse'
require 'tempfile'
require 'tmpdir'
require 'yaml'
require 'kramdown'
require 'kramdown-parser-gfm'

# What the Markdown engine gets to see of a document with Liquid in it, as far as that is known without running it.
module Liquid
  SILENT = %w[
    if elsif else endif unless endunless case when endcase for endfor break continue assign capture endcapture increment decrement
    tablerow endtablerow endraw endcomment
  ].freeze

  # Regions first, so that what stands in `raw` is no tag.
  TOKEN = /
    \{%-?\s*raw\s*-?%\}(?<raw>.*?)\{%-?\s*endraw\s*-?%\} |
    (?<comment>\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}) |
    (?<highlight>\{%-?\s*highlight\b.*?%\}.*?\{%-?\s*endhighlight\s*-?%\}) |
    \{%-?\s*(?<tag>\w*).*?%\} |
    \{\{.*?\}\}
  /mx

  def self.rendered(text)
    text.gsub(TOKEN) do |token|
      found = Regexp.last_match
      if found[:raw] then found[:raw]
      elsif found[:comment] || SILENT.include?(found[:tag]) then newlines(token)
      elsif found[:highlight] then "\n<figure>#{newlines(token)}</figure>\n"
      else "\u{e000}#{newlines(token)}"
      end
    end
  end

  def self.newlines(text)
    "\n" * text.count("\n")
  end
end

# The page of one Markdown text.
class Renderer
  DEFAULTS = { 'input' => 'GFM', 'hard_wrap' => false, 'auto_ids' => true }.freeze
  KNOWN = Kramdown::Options.definitions.keys.map(&:to_s)

  def initialize(site)
    config = File.join(site, '_config.yml')
    data = File.exist?(config) ? YAML.safe_load(File.read(config), permitted_classes: [Date, Time, Symbol], aliases: true) : nil
    kramdown = data.is_a?(Hash) && data['kramdown'].is_a?(Hash) ? data['kramdown'] : {}
    options = DEFAULTS.merge(kramdown).select { |key, value| KNOWN.include?(key) && !value.is_a?(Hash) || key == 'input' }
    @options = options.transform_keys(&:to_sym).merge(syntax_highlighter: nil, math_engine: nil)
  end

  def page(file)
    text = File.binread(file).force_encoding('UTF-8')
    return nil unless text.valid_encoding?

    body = text.delete_prefix("\u{feff}").sub(/\A---\s*\n.*?^(?:---|\.\.\.)\s*$\n?/m, '')
    html(Liquid.rendered(body)).split(%r{(<pre.*?</pre>)}m).map { |part| part.start_with?('<pre') ? part : part.gsub(/[ \t\n]+/, ' ').gsub(' </dt>', '</dt>') }.join
  end

  private

  # kramdown itself fails on a few documents, such as one with an empty footnote.
  def html(text)
    Kramdown::Document.new(text, @options).to_html
  rescue NoMethodError, Encoding::CompatibilityError => error
    "no page: #{error.message}"
  end
end

# What differs between two texts, token by token.
module Difference
  # Tags in their parts, and words.
  TOKEN = %r{</?[a-zA-Z][\w-]*|(?!alt=|title=)[\w:-]+="[^"]*"|/?>|<!--.*?-->|[^\s<>"]+|[<"]}m

  # Pairs of what was taken away and what was put in its place.
  def self.hunks(before, after)
    files = [before, after].map do |text|
      Tempfile.create('tokens').tap { |file| file.write(text.scan(TOKEN).map { |token| token.tr("\n", ' ') }.join("\n"), "\n") }
              .tap(&:close)
    end
    out, = Open3.capture2('diff', *files.map(&:path))
    out.force_encoding('UTF-8').split(/^\d[\d,]*[acd][\d,]*\n/).drop(1).map do |hunk|
      ['< ', '> '].map { |sign| hunk.lines.filter_map { |line| line.delete_prefix(sign).chomp if line.start_with?(sign) } }
    end
  ensure
    files&.each { |file| File.delete(file.path) }
  end

  # As it could stand in the source.
  def self.plain(text)
    CGI.unescapeHTML(text).tr('‘’', "''").delete('“”"\\').gsub('…', '...').gsub('—', '---').gsub('–', '--').gsub(/ (?=[,.;:!?])/, '')
  end
end

# One site, its copy, and what became of it.
class Site
  MARKDOWN = %w[markdown mkdown mkdn mkd md].freeze

  def initialize(root)
    @root = File.expand_path(root)
    @renderer = Renderer.new(@root)
  end

  # `rewritten` counts documents, `differing` is what the block says of them, `again` names those that a second run changes.
  Outcome = Struct.new(:rewritten, :differing, :again)

  # Repairs a copy of the site with `rules`, or all. The block gets the path of each changed document, both its pages and
  # both its texts.
  def compare(postlint, rules)
    Dir.mktmpdir do |folder|
      copy = File.join(folder, File.basename(@root))
      FileUtils.cp_r(@root, copy)
      FileUtils.chmod_R('u+w', copy)
      select = rules.flat_map { |rule| ['--select', rule] }
      fix(postlint, select, copy)
      changed = documents.reject { |name| FileUtils.identical?(File.join(@root, name), File.join(copy, name)) }
      Outcome.new(changed.size, changed.filter_map { |name| yield name, *pages(name, copy) }, again(postlint, select, copy))
    end
  end

  # The place where two pages begin to differ.
  def self.difference(name, before, after)
    return if before == after

    at = (0...before.size).find { |index| before[index] != after[index] } || before.size
    from = [at - 60, 0].max
    [name, before[from, 160], after[from, 160]]
  end

  # The stretches of a page that changed although the source did not say so. `tally` counts all of them.
  def self.unexplained(name, pages, sources, tally)
    hunks = Difference.hunks(*pages)
    return if hunks.empty?

    removed, added = [0, 1].map { |side| Difference.hunks(*sources).map { |hunk| Difference.plain(hunk[side].join(' ')) }.join("\n") }
    hunks.each { |hunk| tally[hunk.map { |tokens| tokens.join(' ') }] += 1 }
    known = ->(token, text) { text.include?(Difference.plain(token)) }
    hunk = hunks.find { |old, new| !old.all? { |token| known[token, removed] } || !new.all? { |token| known[token, added] } }
    hunk && [name, *hunk.map { |tokens| tokens.join(' ')[0, 300] }]
  end

  private

  def fix(postlint, select, copy)
    _, errors, status = Open3.capture3(postlint, 'check', '--fix', '--fail-on', 'never', *select, '.', chdir: copy)
    abort "postlint failed on #{@root}: #{errors}" unless status.exitstatus&.zero?
  end

  # What another run changes.
  def again(postlint, select, copy)
    once = documents.to_h { |name| [name, File.binread(File.join(copy, name))] }
    fix(postlint, select, copy)
    once.filter_map { |name, text| name if File.binread(File.join(copy, name)) != text }
  end

  def documents
    Dir.glob("**/*.{#{MARKDOWN.join(',')}}", File::FNM_CASEFOLD, base: @root).select { |name| File.file?(File.join(@root, name)) }
  end

  def pages(name, copy)
    files = [File.join(@root, name), File.join(copy, name)]
    [files.map { |file| @renderer.page(file) }, files.map { |file| File.read(file) }]
  end
end

rules = []
show = 5
all = false
OptionParser.new do |options|
  options.on('--select RULE') { |rule| rules << rule }
  options.on('--all') { all = true }
  options.on('--show N', Integer) { |number| show = number }
end.parse!
rules << 'style/one-sentence-per-line' if rules.empty? && !all
postlint, *sites = ARGV
abort 'usage: same_page.rb [--select RULE | --all] [--show N] POSTLINT SITE...' if sites.empty?

postlint = File.expand_path(postlint)
tally = Hash.new(0)
failed = sites.count do |root|
  outcome = Site.new(root).compare(postlint, rules) do |name, pages, texts|
    all ? Site.unexplained(name, pages, texts, tally) : Site.difference(name, *pages)
  end
  puts "#{File.basename(root)}: #{outcome.rewritten} documents rewritten, #{outcome.differing.size} pages differ, " \
       "#{outcome.again.size} change again"
  outcome.differing.first(show).each { |name, before, after| puts "  #{name}", "    before #{before.inspect}", "    after  #{after.inspect}" }
  outcome.again.first(show).each { |name| puts "  again #{name}" }
  outcome.differing.any? || outcome.again.any?
end
tally.sort_by { |_, count| -count }.first(show).each { |(before, after), count| puts format('%6d  %s', count, "#{before.inspect} -> #{after.inspect}") }
exit(failed.zero? ? 0 : 1)

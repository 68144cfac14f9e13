#!/usr/bin/env ruby
# frozen_string_literal: true

# Whether fixes leave the page as it is: real kramdown's HTML of every document of a site before and after
# `postlint check --fix`, compared. White space between words does not count; white space in <pre> does.
#
#   ruby tests/measure/same_page.rb [--select RULE] [--show N] target/release/postlint SITE...
#
# --select  the rules whose fixes are applied (default: style/one-sentence-per-line)
# --show    how many differing documents are shown (default: 5)
#
# It works on a copy of the site. Needed: Ruby with the gems kramdown and kramdown-parser-gfm. Exit code 1: some page
# differs, or postlint failed.

require 'date'
require 'fileutils'
require 'open3'
require 'optparse'
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
    html = Kramdown::Document.new(Liquid.rendered(body), @options).to_html
    html.split(%r{(<pre.*?</pre>)}m).map { |part| part.start_with?('<pre') ? part : part.gsub(/[ \t\n]+/, ' ') }.join
  end
end

# One site, its copy, and what became of it.
class Site
  MARKDOWN = %w[markdown mkdown mkdn mkd md].freeze

  def initialize(root)
    @root = File.expand_path(root)
    @renderer = Renderer.new(@root)
  end

  # Documents that differ: their path with the place where they do. And how many were rewritten.
  def compare(postlint, rules)
    Dir.mktmpdir do |folder|
      copy = File.join(folder, File.basename(@root))
      FileUtils.cp_r(@root, copy)
      FileUtils.chmod_R('u+w', copy)
      select = rules.flat_map { |rule| ['--select', rule] }
      _, errors, status = Open3.capture3(postlint, 'check', '--fix', '--fail-on', 'never', *select, '.', chdir: copy)
      abort "postlint failed on #{@root}: #{errors}" unless status.exitstatus&.zero?
      changed = documents.reject { |name| FileUtils.identical?(File.join(@root, name), File.join(copy, name)) }
      [changed.size, changed.filter_map { |name| difference(name, copy) }]
    end
  end

  private

  def documents
    Dir.glob("**/*.{#{MARKDOWN.join(',')}}", File::FNM_CASEFOLD, base: @root).select { |name| File.file?(File.join(@root, name)) }
  end

  def difference(name, copy)
    before = @renderer.page(File.join(@root, name))
    after = @renderer.page(File.join(copy, name))
    return if before == after

    at = (0...before.size).find { |index| before[index] != after[index] } || before.size
    from = [at - 60, 0].max
    [name, before[from, 160], after[from, 160]]
  end
end

rules = []
show = 5
OptionParser.new do |options|
  options.on('--select RULE') { |rule| rules << rule }
  options.on('--show N', Integer) { |number| show = number }
end.parse!
rules << 'style/one-sentence-per-line' if rules.empty?
postlint, *sites = ARGV
abort 'usage: same_page.rb [--select RULE] [--show N] POSTLINT SITE...' if sites.empty?

postlint = File.expand_path(postlint)
failed = sites.count do |root|
  changed, differing = Site.new(root).compare(postlint, rules)
  puts "#{File.basename(root)}: #{changed} documents rewritten, #{differing.size} pages differ"
  differing.first(show).each { |name, before, after| puts "  #{name}", "    before #{before.inspect}", "    after  #{after.inspect}" }
  differing.any?
end
exit(failed.zero? ? 0 : 1)

#!/usr/bin/env ruby
# frozen_string_literal: true

# Writes the expected trees of fixtures/kramdown/*.cases, with the real kramdown.
#
#   ruby tests/kramdown/regenerate.rb [FILE.cases …]
#
# A file of cases looks so; what follows `%%%` alone is written by this program:
#
#   %%% the name of the case | input: kramdown, hard_wrap
#   - Markdown
#   %%%
#   ul @1
#     li @1
#     …
#
# Options: `input: kramdown`, `hard_wrap`, `parse_block_html`, `no_parse_span_html`, `no_auto_ids`, `no_quirks`,
# `no_auto_typographic`, `auto_id_stripping`, `auto_id_prefix: x`; for the text itself `crlf`, `no_final_newline`; and
# `lines_differ`, where kramdown counts lines wrong.
#
# Needs kramdown 2.4.0 and kramdown-parser-gfm 1.1.0.

require "kramdown"
require "kramdown-parser-gfm"

# One line an element: its type, what kramdown knows of it, and for blocks and links the line (from 1).
class Outline
  TYPOGRAPHIC = {
    mdash: "—", ndash: "–", hellip: "…", laquo: "«", raquo: "»", laquo_space: "«\u00a0", raquo_space: "\u00a0»"
  }.freeze
  QUOTES = { lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”" }.freeze
  NAMES = { a: "link", img: "image", strong: "strong", em: "em", hr: "hr", dl: "dl", dt: "dt", dd: "dd" }.freeze
  WITH_LINE = %i[p header codeblock ul ol blockquote hr table dl html_element a img math].freeze

  def self.of(text, options)
    new.document(text, options)
  end

  def document(text, options)
    @lines = []
    parser = (options.delete(:plain) ? Kramdown::Parser::Kramdown : Kramdown::Parser::GFM)
    parser = parser.send(:new, text, Kramdown::Options.merge(options))
    parser.parse
    give_ids(parser)
    elements(parser.root.children, 0)
    definitions(parser)
    @lines.join("\n")
  rescue NoMethodError, TypeError => e
    raise unless e.backtrace.first.include?("kramdown")

    "crash"
  end

  private

  # What the HTML converter does to the headings that the parser gave no id.
  def give_ids(parser)
    return unless parser.options[:auto_ids]

    converter = Kramdown::Converter::Html.send(:new, parser.root, parser.options)
    give = lambda do |el|
      el.attr["id"] ||= converter.generate_id(el.options[:raw_text]) if el.type == :header
      el.children.each(&give)
    end
    give.call(parser.root)
    parser.instance_variable_get(:@footnotes).each_value { |data| give.call(data[:content]) }
  end

  def definitions(parser)
    footnotes = parser.instance_variable_get(:@footnotes).sort_by { |name, _| name }
    footnotes.each do |name, data|
      line(0, "footnote_definition #{name.inspect}")
      elements(data[:content].children, 1)
    end
    parser.instance_variable_get(:@link_defs).sort_by { |id, _| id }.each do |id, (url, title, _)|
      line(0, "link_definition #{quote(id)} url=#{quote(url)}#{" title=#{quote(title)}" if title}")
    end
    parser.root.options[:abbrev_defs].sort_by { |name, _| name }.each do |name, text|
      line(0, "abbreviation_definition #{quote(name)} #{quote(text)}")
    end
  end

  def quote(text)
    "\"#{text.to_s.gsub("\\", "\\\\\\\\").gsub("\n", "\\n").gsub("\t", "\\t").gsub('"', "\\\"")}\""
  end

  def line(depth, text)
    @lines << "#{"  " * depth}#{text}"
  end

  def elements(children, depth)
    text = nil
    last_blank = false
    flush = lambda do
      line(depth, "text #{quote(text)}") if text && !text.empty?
      text = nil
    end
    children.each do |el|
      if el.type == :text
        text = (text || +"") + el.value
        next
      end
      flush.call
      next if el.type == :blank && last_blank

      last_blank = (el.type == :blank)
      element(el, depth)
    end
    text = text&.sub(/[ \t\r\n]+\z/, "")
    flush.call
  end

  def element(el, depth)
    attributes = el.attr.dup
    children = el.children
    details = []
    case el.type
    when :header
      details << el.options[:level]
      id = attributes.delete("id")
      details << "id=#{quote(id)}" unless id.to_s.empty?
    when :codeblock
      details << (el.options[:fenced] ? "fenced" : "indented")
      details << "lang=#{quote(el.options[:lang])}" if el.options[:lang]
      details << "lines=#{el.value.count("\n")}" if el.options[:fenced]
      attributes["class"] = attributes["class"].to_s.sub(/\Alanguage-#{Regexp.escape(el.options[:lang].to_s.sub(/(?<=.)\?.*/m, ""))} ?/, "") if el.options[:lang]
      attributes.delete("class") if attributes["class"].to_s.empty?
    when :p then details << "transparent" if el.options[:transparent]
    when :ul, :ol
      attributes["class"] = attributes["class"].to_s.sub(/\Atask-list ?/, "")
      attributes.delete("class") if attributes["class"].empty?
    when :li
      attributes["class"] = attributes["class"].to_s.sub(/\Atask-list-item ?/, "")
      attributes.delete("class") if attributes["class"].empty?
      box = children.first&.children&.first if children.first&.type == :p
      if box && box.type == :html_element && box.attr["class"].to_s.start_with?("task-list-item-checkbox")
        details << (box.attr["checked"] ? "done" : "open")
        children.first.children.shift
      end
    when :a
      details << "href=#{quote(attributes.delete("href"))}"
      details << "title=#{quote(attributes.delete("title"))}" if attributes["title"]
    when :img
      details << "src=#{quote(attributes.delete("src"))}" << "alt=#{quote(attributes.delete("alt"))}"
      details << "title=#{quote(attributes.delete("title"))}" if attributes["title"]
    when :html_element
      details << el.value << el.options[:category]
    when :codespan, :abbreviation then details << quote(el.value)
    when :math then details << el.options[:category] << quote(el.value)
    when :entity then details << quote(el.value.char)
    when :smart_quote then details << quote(QUOTES[el.value])
    when :typographic_sym then details << quote(TYPOGRAPHIC[el.value])
    when :footnote then details << quote(el.options[:name])
    end
    attributes.each { |name, value| details << "#{name}=#{quote(value)}" } unless el.type == :footnote
    name = NAMES[el.type] || el.type
    name = "comment" if el.type == :xml_comment
    name = "raw" if el.type == :xml_pi
    if el.type == :html_element && el.value == "del" && el.options[:line]
      name = "del"
      details = details.drop(2)
    end
    location = el.options[:location]
    in_line = WITH_LINE.include?(el.type) && location && name != "del"
    details << "@#{location}" if in_line && !@in_table
    line(depth, [name, *details].join(" "))
    @in_table = true if el.type == :table
    elements(children, depth + 1)
    @in_table = false if el.type == :table
  end
end

OPTIONS = {
  "input: kramdown" => ->(o) { o[:plain] = true },
  "hard_wrap" => ->(o) { o[:hard_wrap] = true },
  "parse_block_html" => ->(o) { o[:parse_block_html] = true },
  "no_parse_span_html" => ->(o) { o[:parse_span_html] = false },
  "no_auto_ids" => ->(o) { o[:auto_ids] = false },
  "no_quirks" => ->(o) { o[:gfm_quirks] = [] },
  "no_auto_typographic" => ->(o) { o[:gfm_quirks] = %i[paragraph_end no_auto_typographic] },
  "auto_id_stripping" => ->(o) { o[:auto_id_stripping] = true },
}.freeze

def expected(header, markdown)
  options = { auto_ids: true, hard_wrap: false, gfm_quirks: [:paragraph_end] }
  header.split("|", 2)[1].to_s.split(",").map(&:strip).each do |option|
    case option
    when "lines_differ" then next
    when "crlf" then markdown = markdown.gsub("\n", "\r\n")
    when "no_final_newline" then markdown = markdown.chomp
    when /\Aauto_id_prefix: (.*)/ then options[:auto_id_prefix] = Regexp.last_match(1)
    else OPTIONS.fetch(option).call(options)
    end
  end
  Outline.of(markdown, options)
end

files = ARGV.empty? ? Dir[File.expand_path("../../fixtures/kramdown/*.cases", __dir__)].sort : ARGV
files.each do |file|
  text = File.read(file, encoding: "utf-8")
  out = +""
  names = []
  text.split(/^(?=%%% \S)/).each do |piece|
    unless piece.start_with?("%%% ")
      out << piece
      next
    end
    header, rest = piece.split("\n", 2)
    names << header
    markdown = rest.split(/^%%%\n/, 2)[0]
    tree = expected(header, markdown)
    out << "#{header}\n#{markdown}%%%\n#{tree}\n\n"
  end
  repeated = names.tally.select { |_, count| count > 1 }.keys
  warn "#{file}: repeated names: #{repeated.join(", ")}" unless repeated.empty?
  File.write(file, out)
end

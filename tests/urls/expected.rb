#!/usr/bin/env ruby
# frozen_string_literal: true

# Has real Jekyll answer fixtures/urls/cases.yml, and writes fixtures/urls/expected.json.
# Made with Jekyll 4.3.1:  ruby tests/urls/expected.rb

require "json"
require "fileutils"
require "tmpdir"
require "yaml"
ENV["TZ"] = "UTC"
require "jekyll"
Jekyll.logger.log_level = :error

FOLDER = File.expand_path("../../fixtures/urls", __dir__)

def write_site(root, kase)
  kase["files"].each do |path, front_matter|
    file = File.join(root, path)
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, front_matter.nil? ? "Body\n" : "---\n#{front_matter}\n---\nBody\n")
  end
end

def jekyll_site(root, kase)
  always = { "source" => root, "destination" => File.join(root, "_site"), "unpublished" => true, "future" => true, "disable_disk_cache" => true }
  config = Jekyll::Configuration.from(kase["config"].merge(always))
  Jekyll.set_timezone(config["timezone"] || "UTC")
  # dates are kept from one site to the next, in the zone of the first
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  site = Jekyll::Site.new(config)
  site.read
  site
end

# The URL, or null where Jekyll stops.
def url_of(thing)
  thing.url
rescue StandardError
  nil
end

def urls(site, root)
  urls = {}
  documents = site.collections.values.flat_map(&:docs)
  (documents + site.pages + site.static_files).each do |thing|
    path = thing.is_a?(Jekyll::Page) ? thing.relative_path : thing.path.delete_prefix("#{root}/")
    urls[path] ||= { "url" => url_of(thing), "rendered" => !thing.is_a?(Jekyll::StaticFile), "written" => thing.write? }
  end
  urls.sort.to_h
end

def printed(site, root, kase)
  things = site.collections.values.flat_map(&:docs) + site.pages
  page = things.find { |thing| File.join(root, kase["page"]) == site.in_source_dir(thing.path) }
  payload = site.site_payload
  payload["page"] = page.to_liquid
  info = { :registers => { :site => site, :page => payload["page"] } }
  kase["liquid"].to_h { |text| [text, Liquid::Template.parse(text).render!(payload, info)] }
end

expected = YAML.load_file(File.join(FOLDER, "cases.yml"), permitted_classes: [Date]).to_h do |kase|
  root = File.realpath(Dir.mktmpdir("urls"))
  begin
    write_site(root, kase)
    site = jekyll_site(root, kase)
    answers = { "files" => urls(site, root) }
    answers["liquid"] = printed(site, root, kase) if kase["liquid"]
    [kase["name"], answers]
  rescue StandardError, SystemExit => e
    abort "#{kase["name"]}: #{e.class} #{e.message}"
  ensure
    FileUtils.rm_rf(root)
  end
end
File.write(File.join(FOLDER, "expected.json"), "#{JSON.pretty_generate(expected)}\n")

BEGIN TRANSACTION;
CREATE TABLE articles (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	archive_url TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	published_from TEXT, 
	published_to TEXT, 
	date_source TEXT NOT NULL, 
	language TEXT NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	title_en TEXT NOT NULL, 
	title_ar TEXT NOT NULL, 
	summary_en TEXT NOT NULL, 
	summary_ar TEXT NOT NULL, 
	described_by TEXT NOT NULL, 
	labelled TEXT, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (fid), 
	UNIQUE (id)
);
INSERT INTO "articles" VALUES(1,'u-old','https://example.org/old','','old','2017-05-01','2017-06-01','field','ar','قصف','قصف على ريف إدلب','','','','','publisher',NULL,'قصف
قصف علي ريف ادلب');
CREATE TABLE events (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	date TEXT NOT NULL, 
	end_date TEXT, 
	precision TEXT NOT NULL, 
	zones TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	title_en TEXT NOT NULL, 
	title_ar TEXT NOT NULL, 
	detail_en TEXT NOT NULL, 
	detail_ar TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	url TEXT NOT NULL, 
	PRIMARY KEY (fid), 
	UNIQUE (id)
);
CREATE TABLE fourzones (
	fid INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (fid), 
	UNIQUE ("key")
);
INSERT INTO "fourzones" VALUES(1,'schema','1');
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
        srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
INSERT INTO "gpkg_contents" VALUES('zone_versions','features','zone_versions','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('places','features','places','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('mentions','features','mentions','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('articles','attributes','articles','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,0);
INSERT INTO "gpkg_contents" VALUES('events','attributes','events','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,0);
INSERT INTO "gpkg_contents" VALUES('fourzones','attributes','fourzones','','2026-11-25T09:39:42.039Z',NULL,NULL,NULL,NULL,0);
CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
        column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
        z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO "gpkg_geometry_columns" VALUES('zone_versions','geom','MULTIPOLYGON',4326,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('places','geom','POINT',4326,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('mentions','geom','POINT',4326,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]',NULL);
CREATE TABLE mentions (
	fid INTEGER NOT NULL, 
	geom BLOB, 
	article TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	surface TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	place TEXT, 
	kind TEXT NOT NULL, 
	"where" TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	confidence DOUBLE NOT NULL, 
	lon DOUBLE, 
	lat DOUBLE, 
	PRIMARY KEY (fid), 
	FOREIGN KEY(article) REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES(1,NULL,'u-old','idlib','إدلب',9,13,'idlib','area','body','area-name',0.9,NULL,NULL);
CREATE TABLE places (
	fid INTEGER NOT NULL, 
	geom BLOB, 
	id TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	name_ar TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	zones TEXT NOT NULL, 
	governorate TEXT NOT NULL, 
	precision TEXT NOT NULL, 
	source TEXT NOT NULL, 
	PRIMARY KEY (fid), 
	UNIQUE (id)
);
CREATE TABLE zone_versions (
	fid INTEGER NOT NULL, 
	geom BLOB, 
	zone TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	name_ar TEXT NOT NULL, 
	status TEXT NOT NULL, 
	valid_from TEXT NOT NULL, 
	valid_to TEXT, 
	area_km2 DOUBLE NOT NULL, 
	accuracy_km DOUBLE, 
	properties TEXT NOT NULL, 
	PRIMARY KEY (fid)
);
CREATE INDEX articles_by_date ON articles (published_from, published_to);
CREATE INDEX mentions_by_article ON mentions (article);
CREATE INDEX mentions_by_zone ON mentions (zone, article);
COMMIT;

ALTER TABLE "datasets" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "seconds" double precision;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "outline" text;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_origin_unique" UNIQUE("origin");
ALTER TABLE "samples" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "seconds" double precision;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "outline" text;
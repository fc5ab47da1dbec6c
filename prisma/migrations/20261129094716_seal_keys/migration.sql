-- CreateTable
CREATE TABLE "seal_keys" (
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seal_keys_pkey" PRIMARY KEY ("id")
);

package io.caravan.aws.object;

/** What was asked of S3, for messages. */
public enum S3Action {
    LIST("list", "s3:ListBucket"),
    READ("read", "s3:GetObject"),
    TAG("tag", "s3:GetObjectTagging and s3:PutObjectTagging"),
    COPY("copy", "s3:PutObject, s3:GetObjectTagging and s3:PutObjectTagging"),
    TAKE_AWAY("delete", "s3:DeleteObject"),
    WRITE("write", "s3:PutObject"),
    DELETE("delete", "s3:DeleteObject");

    private final String verb;
    private final String permission;

    S3Action(String verb, String permission) {
        this.verb = verb;
        this.permission = permission;
    }

    /** Returns whether only the staging bucket is asked for it. */
    boolean isOfStaging() {
        return this == WRITE || this == DELETE;
    }

    String verb() {
        return verb;
    }

    /** Returns the IAM action that allows it. */
    String permission() {
        return permission;
    }
}

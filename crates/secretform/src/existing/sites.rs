//! Where a policy may live in Terraform.

/// Whether blocks of this type hold IAM statements or a policy's text, or may make such.
pub fn is_policy_site(type_name: &str) -> bool {
    // What makes resources by other means than the AWS provider's own.
    type_name.starts_with("awscc_iam_")
        || type_name.starts_with("awscc_secretsmanager_")
        || type_name.starts_with("aws_cloudformation_stack")
        || matches!(
            type_name,
            "aws_cloudcontrolapi_resource" | "aws_serverlessapplicationrepository_cloudformation_stack"
        )
        || type_name.starts_with("aws_")
            && (type_name == "aws_iam_policy_document"
                || type_name == "aws_iam_role"
                || type_name.ends_with("_policy")
                || type_name.ends_with("_policy_attachment")
                || type_name.ends_with("_policy_attachments_exclusive"))
            && !type_name.starts_with("aws_kms_")
}

/// Whether blocks of this type hold policies of identities, which may grant any service.
pub fn is_identity_policy(type_name: &str) -> bool {
    matches!(
        type_name,
        "aws_iam_policy"
            | "aws_iam_role_policy"
            | "aws_iam_user_policy"
            | "aws_iam_group_policy"
            | "aws_iam_role"
            | "aws_ssoadmin_permission_set_inline_policy"
    )
}

/// Whether blocks of this type are part of a role for a CI system, and hold no policy.
pub(super) fn is_identity_provider(type_name: &str) -> bool {
    type_name == "aws_iam_openid_connect_provider"
}

/** Generated from our OpenAPI document by `npm run docs`: types of every path, body, answer and error. Not edited by hand. */

export interface paths {
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Authorization server metadata (RFC 8414) */
        get: operations["metadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OpenID Provider metadata (OpenID Connect Discovery §4) */
        get: operations["openidConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identity providers */
        get: operations["list_identity_providers"];
        put?: never;
        /** Create identity provider; its issuer or metadata are asked before anything is stored */
        post: operations["create_identity_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get identity provider */
        get: operations["get_identity_provider"];
        /** Replace identity provider; an absent or masked secret stays if it goes where it went */
        put: operations["replace_identity_provider"];
        post?: never;
        /** Delete identity provider with its mappers */
        delete: operations["delete_identity_provider"];
        options?: never;
        head?: never;
        /** Update identity provider; absent fields stay as they are */
        patch: operations["update_identity_provider"];
        trace?: never;
    };
    "/api/identity-providers/{alias}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable identity provider: nobody comes in through it any more */
        post: operations["disable_identity_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable identity provider */
        post: operations["enable_identity_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Our SAML metadata, for the administrator of the provider */
        get: operations["export_identity_provider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}/mapper-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the mapper types that the provider may have, with their configuration */
        get: operations["list_identity_provider_mapper_types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}/mappers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List mappers */
        get: operations["list_identity_provider_mappers"];
        put?: never;
        /** Create a mapper */
        post: operations["create_identity_provider_mapper"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/{alias}/mappers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a mapper */
        get: operations["get_identity_provider_mapper"];
        /** Replace a mapper */
        put: operations["replace_identity_provider_mapper"];
        post?: never;
        /** Delete a mapper */
        delete: operations["delete_identity_provider_mapper"];
        options?: never;
        head?: never;
        /** Update a mapper; absent fields stay as they are, its configuration is merged key by key */
        patch: operations["update_identity_provider_mapper"];
        trace?: never;
    };
    "/api/identity-providers/{alias}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a test sign-in, also while the provider is off: nobody is signed in and nothing is changed */
        post: operations["test_identity_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/identity-providers/import-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read OIDC discovery, SAML metadata or providers exported from Keycloak as configuration; nothing is stored */
        post: operations["import_identity_provider_config"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell who the caller is and which roles they have */
        get: operations["c1.api.auth.v1.Auth.Introspect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/step-up/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search step-up providers */
        post: operations["c1.api.stepup.v1.StepUpProviderService.Search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/step-up/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search step-up transactions */
        post: operations["c1.api.stepup.v1.StepUpTransactionService.Search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/workload_federation_trusts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search trusts */
        post: operations["c1.api.workload_federation.v1.WorkloadFederationService.SearchTrusts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service_principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List service principals */
        get: operations["c1.api.service_principal.v1.ServicePrincipalService.List"];
        put?: never;
        /** Create a service principal */
        post: operations["c1.api.service_principal.v1.ServicePrincipalService.Create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service_principals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a service principal */
        get: operations["c1.api.service_principal.v1.ServicePrincipalService.Get"];
        put?: never;
        post?: never;
        /** Delete a service principal with its credentials and trusts */
        delete: operations["c1.api.service_principal.v1.ServicePrincipalService.Delete"];
        options?: never;
        head?: never;
        /** Update a service principal */
        patch: operations["c1.api.service_principal.v1.ServicePrincipalService.Update"];
        trace?: never;
    };
    "/api/v1/service_principals/{service_principal_id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List credentials */
        get: operations["c1.api.service_principal.v1.ServicePrincipalService.ListCredentials"];
        put?: never;
        /** Create a credential; its secret is shown once */
        post: operations["c1.api.service_principal.v1.ServicePrincipalService.CreateCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service_principals/{service_principal_id}/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a credential */
        get: operations["c1.api.service_principal.v1.ServicePrincipalService.GetCredential"];
        put?: never;
        post?: never;
        /** Revoke a credential */
        delete: operations["c1.api.service_principal.v1.ServicePrincipalService.RevokeCredential"];
        options?: never;
        head?: never;
        /** Update a credential */
        patch: operations["c1.api.service_principal.v1.ServicePrincipalService.UpdateCredential"];
        trace?: never;
    };
    "/api/v1/service_principals/{service_principal_id}/trusts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the trusts of a service principal */
        get: operations["c1.api.workload_federation.v1.WorkloadFederationService.ListTrusts"];
        put?: never;
        /** Create a trust */
        post: operations["c1.api.workload_federation.v1.WorkloadFederationService.CreateTrust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service_principals/{service_principal_id}/trusts/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a trust */
        get: operations["c1.api.workload_federation.v1.WorkloadFederationService.GetTrust"];
        put?: never;
        post?: never;
        /** Delete a trust */
        delete: operations["c1.api.workload_federation.v1.WorkloadFederationService.DeleteTrust"];
        options?: never;
        head?: never;
        /** Update a trust */
        patch: operations["c1.api.workload_federation.v1.WorkloadFederationService.UpdateTrust"];
        trace?: never;
    };
    "/api/v1/service_principals/{service_principal_id}/trusts/{client_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge a token by a trust, step by step, without issuing anything */
        post: operations["c1.api.workload_federation.v1.WorkloadFederationService.TestToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/step-up/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List step-up providers */
        get: operations["c1.api.stepup.v1.StepUpProviderService.List"];
        put?: never;
        /** Create a step-up provider; its issuer is asked before anything is stored */
        post: operations["c1.api.stepup.v1.StepUpProviderService.Create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/step-up/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a step-up provider */
        get: operations["c1.api.stepup.v1.StepUpProviderService.Get"];
        put?: never;
        /** Update a step-up provider */
        post: operations["c1.api.stepup.v1.StepUpProviderService.Update"];
        /** Delete a step-up provider with its transactions */
        delete: operations["c1.api.stepup.v1.StepUpProviderService.Delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/step-up/providers/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the client secret */
        post: operations["c1.api.stepup.v1.StepUpProviderService.UpdateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/step-up/providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a test: the first browser that opens the redirect URL takes it */
        post: operations["c1.api.stepup.v1.StepUpProviderService.Test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/step-up/transactions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a step-up transaction */
        get: operations["c1.api.stepup.v1.StepUpTransactionService.Get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workload_federation/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List providers */
        get: operations["c1.api.workload_federation.v1.WorkloadFederationService.ListProviders"];
        put?: never;
        /** Create a provider; its issuer is asked before anything is stored */
        post: operations["c1.api.workload_federation.v1.WorkloadFederationService.CreateProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workload_federation/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a provider */
        get: operations["c1.api.workload_federation.v1.WorkloadFederationService.GetProvider"];
        put?: never;
        post?: never;
        /** Delete a provider; refused while trusts use it */
        delete: operations["c1.api.workload_federation.v1.WorkloadFederationService.DeleteProvider"];
        options?: never;
        head?: never;
        /** Update a provider */
        patch: operations["c1.api.workload_federation.v1.WorkloadFederationService.UpdateProvider"];
        trace?: never;
    };
    "/api/v1/workload_federation/test-cel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a condition on claims */
        post: operations["c1.api.workload_federation.v1.WorkloadFederationService.TestCEL"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many documents at once: all of them, or none
         * @description One or many documents: YAML separated by ---, a JSON list (Lists in it, too), a List, or one alone.
         */
        post: operations["applyManifests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List apps */
        get: operations["listAppManifests"];
        put?: never;
        /** Create one App */
        post: operations["createAppManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/apps/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one App */
        get: operations["getAppManifest"];
        /** Create or replace one App */
        put: operations["putAppManifest"];
        post?: never;
        /** Delete one App */
        delete: operations["deleteAppManifest"];
        options?: never;
        head?: never;
        /** Change one App: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchAppManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/auditrecords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List changes of the registry, newest first */
        get: operations["listAuditRecordManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/auditrecords/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one AuditRecord */
        get: operations["getAuditRecordManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List decisions, newest first */
        get: operations["listDecisionManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/decisions/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one Decision */
        get: operations["getDecisionManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sign-in domains */
        get: operations["listDomainManifests"];
        put?: never;
        /** Create one Domain */
        post: operations["createDomainManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/domains/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one Domain */
        get: operations["getDomainManifest"];
        /** Create or replace one Domain */
        put: operations["putDomainManifest"];
        post?: never;
        /** Delete one Domain */
        delete: operations["deleteDomainManifest"];
        options?: never;
        head?: never;
        /** Change one Domain: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchDomainManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/domains/{name}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove one Domain now */
        post: operations["verifyDomainManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/lintfindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what lint says of trusts and providers */
        get: operations["listLintFindingManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/lintfindings/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one LintFinding */
        get: operations["getLintFindingManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List people */
        get: operations["listPersonManifests"];
        put?: never;
        /** Create one Person */
        post: operations["createPersonManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/persons/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one Person */
        get: operations["getPersonManifest"];
        /** Create or replace one Person */
        put: operations["putPersonManifest"];
        post?: never;
        /** Delete one Person */
        delete: operations["deletePersonManifest"];
        options?: never;
        head?: never;
        /** Change one Person: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchPersonManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/persons/{name}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the living sessions of one Person */
        get: operations["listPersonSessionManifests"];
        put?: never;
        post?: never;
        /** Sign one Person out everywhere; their apps are told */
        delete: operations["deletePersonSessionManifests"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/persons/{name}/sessions/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one living session of one Person */
        get: operations["getPersonSessionManifest"];
        put?: never;
        post?: never;
        /** End one session of one Person; its apps are told */
        delete: operations["deletePersonSessionManifest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/serviceprincipals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List service principals */
        get: operations["listServicePrincipalManifests"];
        put?: never;
        /** Create one ServicePrincipal */
        post: operations["createServicePrincipalManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/serviceprincipals/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one ServicePrincipal */
        get: operations["getServicePrincipalManifest"];
        /** Create or replace one ServicePrincipal */
        put: operations["putServicePrincipalManifest"];
        post?: never;
        /** Delete one ServicePrincipal */
        delete: operations["deleteServicePrincipalManifest"];
        options?: never;
        head?: never;
        /** Change one ServicePrincipal: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchServicePrincipalManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/signingkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the keys that tokens are signed with */
        get: operations["listSigningKeyManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/signingkeys/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one SigningKey */
        get: operations["getSigningKeyManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/signingkeys/{name}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the key that takes over from the named one in a day; answers that key */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepupproviders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List step-up providers */
        get: operations["listStepUpProviderManifests"];
        put?: never;
        /** Create one StepUpProvider */
        post: operations["createStepUpProviderManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepupproviders/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one StepUpProvider */
        get: operations["getStepUpProviderManifest"];
        /** Create or replace one StepUpProvider */
        put: operations["putStepUpProviderManifest"];
        post?: never;
        /** Delete one StepUpProvider */
        delete: operations["deleteStepUpProviderManifest"];
        options?: never;
        head?: never;
        /** Change one StepUpProvider: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchStepUpProviderManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepupproviders/{name}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Store the client secret of one StepUpProvider */
        put: operations["putStepUpProviderManifestSecret"];
        post?: never;
        /** Forget the client secret of one StepUpProvider */
        delete: operations["deleteStepUpProviderManifestSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepupproviders/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a test sign-in with one StepUpProvider */
        post: operations["testStepUpProviderManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepuptransactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List step-up transactions */
        get: operations["listStepUpTransactionManifests"];
        put?: never;
        /** Begin one StepUpTransaction */
        post: operations["createStepUpTransactionManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/stepuptransactions/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one StepUpTransaction */
        get: operations["getStepUpTransactionManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/trusts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List trusts */
        get: operations["listTrustManifests"];
        put?: never;
        /** Create one Trust */
        post: operations["createTrustManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/trusts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one Trust */
        get: operations["getTrustManifest"];
        /** Create or replace one Trust */
        put: operations["putTrustManifest"];
        post?: never;
        /** Delete one Trust */
        delete: operations["deleteTrustManifest"];
        options?: never;
        head?: never;
        /** Change one Trust: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchTrustManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identity providers that people sign in with */
        get: operations["listWorkforceIdentityProviderManifests"];
        put?: never;
        /** Create one WorkforceIdentityProvider */
        post: operations["createWorkforceIdentityProviderManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one WorkforceIdentityProvider */
        get: operations["getWorkforceIdentityProviderManifest"];
        /** Create or replace one WorkforceIdentityProvider */
        put: operations["putWorkforceIdentityProviderManifest"];
        post?: never;
        /** Delete one WorkforceIdentityProvider */
        delete: operations["deleteWorkforceIdentityProviderManifest"];
        options?: never;
        head?: never;
        /** Change one WorkforceIdentityProvider: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchWorkforceIdentityProviderManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders/{name}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Store the client secret of one WorkforceIdentityProvider */
        put: operations["putWorkforceIdentityProviderManifestSecret"];
        post?: never;
        /** Forget the client secret of one WorkforceIdentityProvider */
        delete: operations["deleteWorkforceIdentityProviderManifestSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workforceidentityproviders/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a test sign-in with one WorkforceIdentityProvider */
        post: operations["testWorkforceIdentityProviderManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workloadproviders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workload providers */
        get: operations["listWorkloadProviderManifests"];
        put?: never;
        /** Create one WorkloadProvider */
        post: operations["createWorkloadProviderManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/namespaces/{organisation}/workloadproviders/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one WorkloadProvider */
        get: operations["getWorkloadProviderManifest"];
        /** Create or replace one WorkloadProvider */
        put: operations["putWorkloadProviderManifest"];
        post?: never;
        /** Delete one WorkloadProvider */
        delete: operations["deleteWorkloadProviderManifest"];
        options?: never;
        head?: never;
        /** Change one WorkloadProvider: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchWorkloadProviderManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations: all of them for operators, their own for others */
        get: operations["listOrganizationManifests"];
        put?: never;
        /** Create one Organization */
        post: operations["createOrganizationManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/apis/entente.dev/v1/organizations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one Organization */
        get: operations["getOrganizationManifest"];
        /** Create or replace one Organization */
        put: operations["putOrganizationManifest"];
        post?: never;
        /** Delete one Organization */
        delete: operations["deleteOrganizationManifest"];
        options?: never;
        head?: never;
        /** Change one Organization: members of the patch replace, null takes away. Source: RFC 7396 */
        patch: operations["patchOrganizationManifest"];
        trace?: never;
    };
    "/apis/entente.dev/v1/schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON Schema of all documents, for editors */
        get: operations["getManifestSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same, under the path existing clients use
         * @description Grants: urn:ietf:params:oauth:grant-type:token-exchange (RFC 8693), urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523), client_credentials (RFC 6749 §4.4, with RFC 7523 assertions); for apps authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.
         */
        post: operations["tokenAuthV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/device_authorization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person sign in for a device that has no browser (RFC 8628) */
        post: operations["authorizeDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Is this token of ours active (RFC 7662)
         * @description Asked with a bearer token of role viewer or above, or by an app or credential that proves itself in the form or by HTTP Basic. Refresh tokens are shown to their own app.
         */
        post: operations["introspect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys we sign with (RFC 7517) */
        get: operations["jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/par": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Push an authorization request (RFC 9126)
         * @description By an app, proved as at introspection.
         */
        post: operations["pushAuthorizationRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a token before its time (RFC 7009)
         * @description By the client that it was issued to, proved as at introspection (a trust or public app by client_id alone), or by an administrator. With a refresh token everything ends that hangs on the same grant.
         */
        post: operations["revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a token, or authenticate a service principal
         * @description Grants: urn:ietf:params:oauth:grant-type:token-exchange (RFC 8693), urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523), client_credentials (RFC 6749 §4.4, with RFC 7523 assertions); for apps authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.
         */
        post: operations["token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who the token’s person is (OpenID Connect Core §5.3)
         * @description With a person’s access token for this server and the scope openid; other scopes show more.
         */
        get: operations["userinfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Is this token of ours active (RFC 7662)
         * @description Asked with a bearer token of role viewer or above, or by an app or credential that proves itself in the form or by HTTP Basic. Refresh tokens are shown to their own app.
         */
        post: operations["introspectV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions/global/iam/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identity providers */
        get: operations["listIdentityProviders"];
        put?: never;
        /** Create identity provider; its discovery document is read before anything is stored */
        post: operations["createIdentityProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions/global/iam/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve identity provider details */
        get: operations["getIdentityProvider"];
        put?: never;
        post?: never;
        /** Delete identity provider */
        delete: operations["deleteIdentityProvider"];
        options?: never;
        head?: never;
        /** Update identity provider; absent fields stay as they are */
        patch: operations["updateIdentityProvider"];
        trace?: never;
    };
    "/v1/regions/global/iam/providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a test sign-in, also while the provider is off: nobody is signed in and nothing is changed */
        post: operations["testIdentityProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions/global/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List organizations: all of them for operators, their own for others */
        get: operations["listOrganizations"];
        put?: never;
        /** Create organization */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/regions/global/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve organization details */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        /** Delete organization; only an empty one goes */
        delete: operations["deleteOrganization"];
        options?: never;
        head?: never;
        /** Update organization; absent fields stay as they are */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for Google’s external accounts; also as JSON in camelCase
         * @description Grants: urn:ietf:params:oauth:grant-type:token-exchange (RFC 8693), urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523), client_credentials (RFC 6749 §4.4, with RFC 7523 assertions); for apps authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.
         */
        post: operations["tokenV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** CreateOrganization */
        "iam-providers.CreateOrganization": {
            description?: string;
            displayName?: string;
            /** @description Name of the resource: given at its creation, or generated. Cannot be changed afterwards. */
            id?: string;
        };
        /** CreateProvider */
        "iam-providers.CreateProvider": {
            /** @description Human-readable display name for the identity provider. */
            displayName: string;
            /**
             * @description Enable or disable the provider.
             * @default true
             */
            enabled?: boolean;
            /** @description Name of the resource: given at its creation, or generated. Cannot be changed afterwards. */
            id?: string;
            /** @description OIDC configuration details for onboarding the provider. */
            oidcConfig: {
                /** @description Client id registered at the provider. */
                clientId: string;
                /** @description Written, never shown; absent for a public client. */
                clientSecret?: string | null;
                /** @description URL of the discovery document; it must end in /.well-known/openid-configuration. */
                discoveryUrl: string;
            };
            /** @description Organization acted in; only operators name another one than their own. */
            orgId?: string;
            /** @description Tenant domain associated with the provider: a DNS name, used as login hint for OIDC authentication flows. */
            tenantDomain: string;
        };
        /** Failure */
        "iam-providers.Failure": {
            error: {
                /** @description The HTTP status. */
                code: number;
                details: {
                    /** @description Stable. */
                    code: string;
                    /** @description As the request spells it. */
                    field?: string;
                    message: string;
                }[];
                message: string;
            };
        };
        /** Organization */
        "iam-providers.Organization": {
            /**
             * Format: date-time
             * @description Creation timestamp.
             */
            createdAt: string;
            description?: string;
            displayName: string;
            /** @description Name of the resource: given at its creation, or generated. Cannot be changed afterwards. */
            id: string;
            /** @description Server-defined URL for this resource. */
            selfLink: string;
            /**
             * Format: uuid
             * @description Server-generated UUID.
             */
            uid: string;
            /**
             * Format: date-time
             * @description Last update timestamp.
             */
            updatedAt: string;
        };
        /**
         * Provider
         * @description External identity provider configuration. Supports only OIDC providers.
         */
        "iam-providers.Provider": {
            /**
             * Format: date-time
             * @description Provider creation timestamp.
             */
            createdAt: string;
            /** @description Human-readable display name. */
            displayName: string;
            /** @description Provider enabled status. */
            enabled: boolean;
            /** @description Name of the resource: given at its creation, or generated. Cannot be changed afterwards. */
            id: string;
            /** @description OIDC configuration; never with its secret. */
            oidcConfig: {
                /** @description Client id registered at the provider. */
                clientId: string;
                /** @description URL of the discovery document; it must end in /.well-known/openid-configuration. */
                discoveryUrl: string;
            };
            /** @description Server-defined URL for this resource. */
            selfLink: string;
            /** @description Tenant domain associated with the provider; empty if another API gave none. */
            tenantDomain: string;
            /**
             * Format: uuid
             * @description Server-generated UUID.
             */
            uid: string;
            /**
             * Format: date-time
             * @description Provider last update timestamp.
             */
            updatedAt: string;
        };
        /** TestAnswer */
        "iam-providers.TestAnswer": {
            /** @description Where the browser goes to take the test; good once. */
            redirectUrl: string;
        };
        /** UpdateOrganization */
        "iam-providers.UpdateOrganization": {
            /** @description Read-only; may be sent back as it was read. */
            createdAt?: string;
            /** @description Null removes it. */
            description?: string | null;
            /** @description Null gives it back the id as its name. */
            displayName?: string | null;
            /** @description Read-only; may be sent back as it was read. */
            id?: string;
            /** @description Read-only; may be sent back as it was read. */
            selfLink?: string;
            /** @description Read-only; may be sent back as it was read. */
            uid?: string;
            /** @description Read-only; may be sent back as it was read. */
            updatedAt?: string;
        };
        /** UpdateProvider */
        "iam-providers.UpdateProvider": {
            /** @description Read-only; may be sent back as it was read. */
            createdAt?: string;
            /** @description Human-readable display name for the identity provider. */
            displayName?: string;
            /** @description Enable or disable the provider. */
            enabled?: boolean;
            /** @description Read-only; may be sent back as it was read. */
            id?: string;
            /** @description Merged into the stored configuration. */
            oidcConfig?: {
                /** @description Client id registered at the provider. */
                clientId?: string;
                /** @description Replaces the stored one; null removes it, absent or ********** keeps it. */
                clientSecret?: string | null;
                /** @description URL of the discovery document; it must end in /.well-known/openid-configuration. */
                discoveryUrl?: string;
            };
            /** @description Organization acted in; only operators name another one than their own. */
            orgId?: string;
            /** @description Read-only; may be sent back as it was read. */
            selfLink?: string;
            /** @description Tenant domain associated with the provider: a DNS name, used as login hint for OIDC authentication flows. */
            tenantDomain?: string;
            /** @description Read-only; may be sent back as it was read. */
            uid?: string;
            /** @description Read-only; may be sent back as it was read. */
            updatedAt?: string;
        };
        /**
         * ChangeProvider
         * @description Absent fields stay as they are; null clears.
         */
        "identity-providers.ChangeProvider": {
            /** @description Unique alias (URL-safe, lowercase): 1 to 63 of a-z, 0-9 and -. Cannot be changed. */
            alias?: string;
            /** @description Extra: google.subject, google.groups, attribute.{name}, … to CEL over assertion. */
            attribute_mapping?: {
                [key: string]: string;
            } | null;
            /** @description Extra: CEL over assertion, google and attribute; must be true for a person to come in. */
            condition?: string | null;
            /** @description Human-readable display name */
            display_name?: string;
            /** @description Extra: sign-in domains; an admin’s route nobody until they are proved. */
            domains?: string[] | null;
            /** @description Whether the IdP is active */
            enabled?: boolean;
            /**
             * @description Extra: what a first sign-in does.
             * @default create
             * @enum {string|null}
             */
            first_login?: "create" | "link_verified_email" | "refuse" | null;
            /**
             * @description Known provider this config is based on: what is known of it fills in endpoints, and must not be contradicted.
             * @enum {string|null}
             */
            known_provider?: "okta" | "entra_id" | "auth0" | "google" | "github" | "ping_identity" | "onelogin" | "custom_oidc" | "custom_saml" | null;
            /** @description Claim/attribute mappers */
            mappers?: components["schemas"]["identity-providers.MapperConfig"][] | null;
            oidc_config?: components["schemas"]["identity-providers.OidcChange"] | null;
            /**
             * @description Protocol type: oidc or saml. GitHub is oidc here.
             * @enum {string}
             */
            provider_id?: "oidc" | "saml";
            saml_config?: components["schemas"]["identity-providers.SamlConfig"] | null;
        };
        /**
         * CreateProvider
         * @description Request to create an identity provider.
         */
        "identity-providers.CreateProvider": {
            /** @description Unique alias (URL-safe, lowercase): 1 to 63 of a-z, 0-9 and -. Cannot be changed. */
            alias: string;
            /** @description Extra: google.subject, google.groups, attribute.{name}, … to CEL over assertion. */
            attribute_mapping?: {
                [key: string]: string;
            } | null;
            /** @description Extra: CEL over assertion, google and attribute; must be true for a person to come in. */
            condition?: string | null;
            /** @description Human-readable display name */
            display_name: string;
            /** @description Extra: sign-in domains; an admin’s route nobody until they are proved. */
            domains?: string[] | null;
            /**
             * @description Whether the IdP is active
             * @default true
             */
            enabled?: boolean | null;
            /**
             * @description Extra: what a first sign-in does.
             * @default create
             * @enum {string|null}
             */
            first_login?: "create" | "link_verified_email" | "refuse" | null;
            /**
             * @description Known provider this config is based on: what is known of it fills in endpoints, and must not be contradicted.
             * @enum {string|null}
             */
            known_provider?: "okta" | "entra_id" | "auth0" | "google" | "github" | "ping_identity" | "onelogin" | "custom_oidc" | "custom_saml" | null;
            /** @description Claim/attribute mappers */
            mappers?: components["schemas"]["identity-providers.MapperConfig"][] | null;
            oidc_config?: components["schemas"]["identity-providers.OidcConfig"] | null;
            /**
             * @description Protocol type: oidc or saml. GitHub is oidc here.
             * @enum {string}
             */
            provider_id: "oidc" | "saml";
            saml_config?: components["schemas"]["identity-providers.SamlConfig"] | null;
        };
        /** Failure */
        "identity-providers.Failure": {
            detail: {
                /** @description Where: body, query or path, then the names as the request spells them. */
                loc: (string | number)[];
                msg: string;
                /** @description Stable code. */
                type: string;
            }[];
        };
        /** ImportedProvider */
        "identity-providers.ImportedProvider": {
            alias: string;
            condition?: string;
            /** @description For oidc_config or saml_config of a provider to be made; never with a secret. */
            config: {
                [key: string]: unknown;
            };
            display_name: string;
            domains?: string[];
            /** @description False also where what kept people out has no counterpart here. */
            enabled: boolean;
            /** @enum {string} */
            known_provider?: "okta" | "entra_id" | "auth0" | "google" | "github" | "ping_identity" | "onelogin" | "custom_oidc" | "custom_saml";
            mappers: components["schemas"]["identity-providers.MapperConfig"][];
            /** @description What of the document has no counterpart here, by its place there: nothing is left out silently. */
            not_understood: {
                loc: (string | number)[];
                msg: string;
            }[];
            /** @enum {string} */
            provider_id: "oidc" | "saml";
        };
        /** ImportFromUrl */
        "identity-providers.ImportFromUrl": {
            /** @description Where the document is fetched. */
            from_url: string;
            /**
             * @description What the document is: OIDC discovery or SAML metadata.
             * @enum {string}
             */
            provider_id: "oidc" | "saml";
        };
        /** Mapper */
        "identity-providers.Mapper": {
            config: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            identity_provider_mapper: string;
            name: string;
        };
        /** MapperChange */
        "identity-providers.MapperChange": {
            /** @description By the keys of the mapper type, and syncMode: INHERIT, IMPORT, LEGACY or FORCE. */
            config?: {
                [key: string]: unknown;
            } | null;
            /** @description Kept where it is the id of a mapper of this provider; else it is given. */
            id?: string | null;
            /** @description Mapper type, as GET …/mapper-types lists them. */
            identity_provider_mapper?: string;
            /** @description Unique in the provider. */
            name?: string;
        };
        /** MapperConfig */
        "identity-providers.MapperConfig": {
            /** @description By the keys of the mapper type, and syncMode: INHERIT, IMPORT, LEGACY or FORCE. */
            config?: {
                [key: string]: unknown;
            } | null;
            /** @description Kept where it is the id of a mapper of this provider; else it is given. */
            id?: string | null;
            /** @description Mapper type, as GET …/mapper-types lists them. */
            identity_provider_mapper: string;
            /** @description Unique in the provider. */
            name: string;
        };
        /** MapperType */
        "identity-providers.MapperType": {
            category: string;
            help_text: string;
            /** @description What identity_provider_mapper names. */
            id: string;
            name: string;
            properties: {
                default_value?: string;
                help_text: string;
                label: string;
                /** @description Key in a mapper’s config. */
                name: string;
                options?: string[];
                required: boolean;
                type: string;
            }[];
        };
        /**
         * OidcChange
         * @description Merged into the stored configuration; null clears.
         */
        "identity-providers.OidcChange": {
            /** @description Extra: Microsoft tenants that may come in through an issuer of all tenants. */
            allowed_tenants?: string[] | null;
            /** @description Authorization endpoint; else what is known of the provider, or what discovery says. */
            authorization_url?: string | null;
            /** @description Extra: client_secret_post, client_secret_basic, client_secret_jwt or private_key_jwt. */
            client_auth_method?: string | null;
            /** @description Client id registered at the provider. */
            client_id?: string;
            /** @description Written, never shown: ********** or nothing keeps the stored one, null removes it. */
            client_secret?: string | null;
            /**
             * @description Scopes asked for, separated by spaces.
             * @default openid email profile
             */
            default_scope?: string | null;
            /** @description Issuer; its discovery document is read before anything is stored. */
            issuer?: string | null;
            /** @description Extra: a JSON Web Key Set as text, for issuers whose keys cannot be fetched. */
            jwks_json?: string | null;
            /** @description Extra: where the keys are, if not where discovery says. */
            jwks_url?: string | null;
            /** @description Extra: end session endpoint, if not the discovered one. */
            logout_url?: string | null;
            /** @description Extra: seconds since the last login at the provider. */
            max_age?: number | null;
            /**
             * @description Always send a PKCE challenge; without it, where discovery lists S256.
             * @default false
             */
            pkce_enabled?: boolean | null;
            /**
             * @description PKCE method.
             * @default S256
             * @enum {string|null}
             */
            pkce_method?: "S256" | "plain" | null;
            /** @description Extra: the prompt sent along: none, login, consent or select_account. */
            prompt?: string | null;
            /**
             * @description When mappers run; INHERIT is the server default, IMPORT.
             * @default INHERIT
             * @enum {string|null}
             */
            sync_mode?: "INHERIT" | "IMPORT" | "LEGACY" | "FORCE" | null;
            /** @description Token endpoint, likewise. */
            token_url?: string | null;
            /**
             * @description Keys come from the key set URL.
             * @default true
             */
            use_jwks_url?: boolean | null;
            /** @description User info endpoint, likewise. */
            user_info_url?: string | null;
            /**
             * @description False: an ID token from the token endpoint may go unverified. All others are verified.
             * @default true
             */
            validate_signature?: boolean | null;
        };
        /**
         * OidcConfig
         * @description OIDC config (required when provider_id=oidc; of GitHub too).
         */
        "identity-providers.OidcConfig": {
            /** @description Extra: Microsoft tenants that may come in through an issuer of all tenants. */
            allowed_tenants?: string[] | null;
            /** @description Authorization endpoint; else what is known of the provider, or what discovery says. */
            authorization_url?: string | null;
            /** @description Extra: client_secret_post, client_secret_basic, client_secret_jwt or private_key_jwt. */
            client_auth_method?: string | null;
            /** @description Client id registered at the provider. */
            client_id: string;
            /** @description Written, never shown: ********** or nothing keeps the stored one, null removes it. */
            client_secret?: string | null;
            /**
             * @description Scopes asked for, separated by spaces.
             * @default openid email profile
             */
            default_scope?: string | null;
            /** @description Issuer; its discovery document is read before anything is stored. */
            issuer?: string | null;
            /** @description Extra: a JSON Web Key Set as text, for issuers whose keys cannot be fetched. */
            jwks_json?: string | null;
            /** @description Extra: where the keys are, if not where discovery says. */
            jwks_url?: string | null;
            /** @description Extra: end session endpoint, if not the discovered one. */
            logout_url?: string | null;
            /** @description Extra: seconds since the last login at the provider. */
            max_age?: number | null;
            /**
             * @description Always send a PKCE challenge; without it, where discovery lists S256.
             * @default false
             */
            pkce_enabled?: boolean | null;
            /**
             * @description PKCE method.
             * @default S256
             * @enum {string|null}
             */
            pkce_method?: "S256" | "plain" | null;
            /** @description Extra: the prompt sent along: none, login, consent or select_account. */
            prompt?: string | null;
            /**
             * @description When mappers run; INHERIT is the server default, IMPORT.
             * @default INHERIT
             * @enum {string|null}
             */
            sync_mode?: "INHERIT" | "IMPORT" | "LEGACY" | "FORCE" | null;
            /** @description Token endpoint, likewise. */
            token_url?: string | null;
            /**
             * @description Keys come from the key set URL.
             * @default true
             */
            use_jwks_url?: boolean | null;
            /** @description User info endpoint, likewise. */
            user_info_url?: string | null;
            /**
             * @description False: an ID token from the token endpoint may go unverified. All others are verified.
             * @default true
             */
            validate_signature?: boolean | null;
        };
        /**
         * Provider
         * @description Response for a single identity provider.
         */
        "identity-providers.Provider": {
            alias: string;
            /** @description Extra. */
            attribute_mapping: {
                [key: string]: string;
            };
            /** @description Extra. */
            condition?: string | null;
            /** @description Provider configuration by the names of oidc_config or saml_config, with defaults and what discovery found (secrets masked). */
            config: {
                [key: string]: unknown;
            };
            display_name: string;
            /** @description Extra. */
            domains: string[];
            enabled: boolean;
            /**
             * @description Extra.
             * @enum {string}
             */
            first_login: "create" | "link_verified_email" | "refuse";
            /**
             * Format: uuid
             * @description Never reused.
             */
            internal_id: string;
            /**
             * @description Null where none was named.
             * @enum {string|null}
             */
            known_provider?: "okta" | "entra_id" | "auth0" | "google" | "github" | "ping_identity" | "onelogin" | "custom_oidc" | "custom_saml" | null;
            /**
             * @description Number of configured mappers
             * @default 0
             */
            mapper_count: number;
            /** @enum {string} */
            provider_id: "oidc" | "saml";
        };
        /**
         * ReplaceProvider
         * @description Takes the place of everything that this API shows; what is absent gets its default. Mappers and a secret stay where they are absent.
         */
        "identity-providers.ReplaceProvider": {
            /** @description Unique alias (URL-safe, lowercase): 1 to 63 of a-z, 0-9 and -. Cannot be changed. */
            alias?: string;
            /** @description Extra: google.subject, google.groups, attribute.{name}, … to CEL over assertion. */
            attribute_mapping?: {
                [key: string]: string;
            } | null;
            /** @description Extra: CEL over assertion, google and attribute; must be true for a person to come in. */
            condition?: string | null;
            /** @description Human-readable display name */
            display_name: string;
            /** @description Extra: sign-in domains; an admin’s route nobody until they are proved. */
            domains?: string[] | null;
            /**
             * @description Whether the IdP is active
             * @default true
             */
            enabled?: boolean | null;
            /**
             * @description Extra: what a first sign-in does.
             * @default create
             * @enum {string|null}
             */
            first_login?: "create" | "link_verified_email" | "refuse" | null;
            /**
             * @description Known provider this config is based on: what is known of it fills in endpoints, and must not be contradicted.
             * @enum {string|null}
             */
            known_provider?: "okta" | "entra_id" | "auth0" | "google" | "github" | "ping_identity" | "onelogin" | "custom_oidc" | "custom_saml" | null;
            /** @description Claim/attribute mappers */
            mappers?: components["schemas"]["identity-providers.MapperConfig"][] | null;
            oidc_config?: components["schemas"]["identity-providers.OidcConfig"] | null;
            /**
             * @description Protocol type: oidc or saml. GitHub is oidc here.
             * @enum {string}
             */
            provider_id: "oidc" | "saml";
            saml_config?: components["schemas"]["identity-providers.SamlConfig"] | null;
        };
        /**
         * SamlConfig
         * @description SAML config (required when provider_id=saml). In a partial update it is merged; null clears.
         */
        "identity-providers.SamlConfig": {
            /** @description Extra: let people start at the provider; they are sent through a sign-in of ours. */
            allow_idp_initiated?: boolean | null;
            /** @description Extra: take SHA-1 signatures. */
            allow_sha1?: boolean | null;
            /** @description Extra: authentication contexts asked for. */
            authn_context_class_refs?: string[] | null;
            /** @description Extra: ask for a fresh login. */
            force_authn?: boolean | null;
            /** @description Extra: the entity id that responses must come from. */
            idp_entity_id?: string | null;
            /** @description Extra: where the metadata of the provider are fetched. */
            metadata_url?: string | null;
            /**
             * @description NameID format asked for.
             * @default urn:oasis:names:tc:SAML:2.0:nameid-format:persistent
             */
            name_id_policy_format?: string | null;
            /** @description Extra: refuse another NameID format than the one asked for. */
            pin_name_id_format?: boolean | null;
            /**
             * @description Send requests by POST, else by redirect.
             * @default true
             */
            post_binding_authn_request?: boolean | null;
            /**
             * @description Ask for responses by POST.
             * @default true
             */
            post_binding_response?: boolean | null;
            /** @description Extra: the attribute that identifies the person. */
            principal_attribute?: string | null;
            /** @description Extra: SUBJECT, ATTRIBUTE or FRIENDLY_ATTRIBUTE; what identifies the person. */
            principal_type?: string | null;
            /** @description Certificates of the provider, PEM or base64, joined by commas; required without metadata_url. */
            signing_certificate?: string | null;
            /** @description Where logout requests go. */
            single_logout_service_url?: string | null;
            /** @description Where authentication requests go; required without metadata_url. */
            single_sign_on_service_url?: string | null;
            /**
             * @description When mappers run; INHERIT is the server default, IMPORT.
             * @default INHERIT
             * @enum {string|null}
             */
            sync_mode?: "INHERIT" | "IMPORT" | "LEGACY" | "FORCE" | null;
            /** @description Extra: refuse assertions that are not encrypted. */
            want_assertions_encrypted?: boolean | null;
            /**
             * @description Sign our requests.
             * @default true
             */
            want_authn_requests_signed?: boolean | null;
        };
        /** TestAnswer */
        "identity-providers.TestAnswer": {
            /** @description Open it in a browser to sign in for a test. */
            redirect_url: string;
        };
        /** App */
        "manifests.App": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "App";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.AppSpec"];
            status?: {
                /** @description `client_id` at our endpoints. */
                clientId: string;
                /** @description In the answer to the create that made it, and never again. */
                clientSecret?: string;
                conditions?: components["schemas"]["manifests.Condition"][];
            };
        };
        /** AppDocument */
        "manifests.AppDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "App";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.AppSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** AppList */
        "manifests.AppList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.App"][];
            /** @enum {string} */
            kind: "AppList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** AppSpec */
        "manifests.AppSpec": {
            /** @description Of an app of `default`: the organisations it serves; empty means all. */
            allowedOrganizations?: string[];
            /** @description `{organisation}/{id}` or an id of the own organisation; empty means all. */
            allowedProviders?: string[];
            /** @description Told of the end of sessions by a logout token. */
            backchannelLogoutUri?: string;
            /** @description Written, never shown; at least 32 characters. Left out, one is made and shown once. */
            clientSecret?: string;
            /** @description Nobody signs in to a disabled app, and its tokens count no longer. */
            disabled?: boolean;
            /** @description Shown to people who sign in; the name, where it is left out. */
            displayName?: string;
            /** @description No consent is asked; true, where left out. */
            firstParty?: boolean;
            /** @description Of authorization_code, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:device_code, urn:ietf:params:oauth:grant-type:token-exchange; authorization_code and refresh_token, where left out. */
            grantTypes?: string[];
            /** @description RS256 (default) or ES256. */
            idTokenSignedResponseAlg?: string;
            /** @description Where a sign-in begins that somebody else suggests. */
            initiateLoginUri?: string;
            /** @description Public keys for private_key_jwt. */
            jwks?: {
                [key: string]: unknown;
            };
            /** @description Where its public keys are. */
            jwksUri?: string;
            /** @description Where people may be sent after they have signed out; compared exactly. */
            postLogoutRedirectUris?: string[];
            /** @description Where people are sent back to; compared exactly. */
            redirectUris?: string[];
            /** @description Tokens are bound to a key of the app. */
            requireDpop?: boolean;
            /** @description Targets it may ask tokens for, besides Entente itself. */
            resources?: string[];
            /** @description Scopes it may ask for. entente.manage opens these APIs and is an operator’s to grant. */
            scopes?: string[];
            /** @description One of none, client_secret_post, client_secret_basic, private_key_jwt. */
            tokenEndpointAuthMethod?: string;
        };
        /** AuditRecord */
        "manifests.AuditRecord": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "AuditRecord";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                name: string;
                namespace: string;
                resourceVersion: string;
                uid: string;
            };
            spec: {
                /** @description provider.create, trust.update, … */
                action: string;
                after?: {
                    [key: string]: unknown;
                };
                before?: {
                    [key: string]: unknown;
                };
                chain: {
                    hash: string;
                    id: string;
                    previous: string;
                    sequence: number;
                };
                requestId?: string;
                /** @description Who did it: `operator-token`, `system`, or the uid of a principal or person. */
                subject: string;
                target: {
                    id: string;
                    kind: string;
                    uid: string;
                };
            };
        };
        /** AuditRecordList */
        "manifests.AuditRecordList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.AuditRecord"][];
            /** @enum {string} */
            kind: "AuditRecordList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** Cause */
        "manifests.Cause": {
            /** @description Path in the document, or the parameter. */
            field?: string;
            message: string;
            /** @description Code of the fault; stable. */
            reason: string;
        };
        /** Condition */
        "manifests.Condition": {
            /** Format: date-time */
            lastTransitionTime: string;
            message: string;
            reason: string;
            /** @enum {string} */
            status: "True" | "False" | "Unknown";
            type: string;
        };
        /** Decision */
        "manifests.Decision": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "Decision";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                name: string;
                namespace: string;
                resourceVersion: string;
                uid: string;
            };
            spec: {
                address?: string;
                /** @description Of a test sign-in: what the provider said, as far as it was verified; tokens and secrets are withheld. */
                claims?: {
                    [key: string]: unknown;
                };
                code: string;
                /** @description Where a condition refused, and in tests always: the parts of the one that was asked. */
                conditionParts?: {
                    /** @description The first part that would have to come out otherwise. */
                    differs?: boolean;
                    /** @description The claims it reads; tokens and secrets are withheld. */
                    reads: {
                        text: string;
                        value: string;
                    }[];
                    /** @description A part of the condition, as it was written. */
                    text: string;
                    /** @description What it came to, or why it failed. */
                    value: string;
                }[];
                issued?: {
                    expiresAt: string;
                    jti: string;
                    scope?: string;
                    sub: string;
                };
                /** @description Of a test sign-in: what the attribute mapping made of the claims. */
                mapped?: {
                    [key: string]: unknown;
                };
                /** @description Of a test sign-in: what each mapper would do; nothing of it was done. */
                mappers?: {
                    /** @description What would be given or taken away, or why nothing. */
                    detail: string;
                    /** @enum {string} */
                    did: "granted" | "removed" | "kept" | "skipped" | "failed";
                    name: string;
                    type: string;
                }[];
                /** @description Likewise: other trusts of the provider, the nearest first. */
                nearestTrusts?: {
                    /** @description Code of what stands in the way beside the condition. */
                    hindrance?: string;
                    /** @description Those of its condition that did not come out true. */
                    parts: {
                        /** @description The first part that would have to come out otherwise. */
                        differs?: boolean;
                        /** @description The claims it reads; tokens and secrets are withheld. */
                        reads: {
                            text: string;
                            value: string;
                        }[];
                        /** @description A part of the condition, as it was written. */
                        text: string;
                        /** @description What it came to, or why it failed. */
                        value: string;
                    }[];
                    /** @description Short client id. */
                    trust: string;
                    /** @description The name of the Trust, where it has another one: of a single decision, while it is there. */
                    trustName?: string;
                    /**
                     * @description What its condition came to.
                     * @enum {string}
                     */
                    verdict: "true" | "false" | "error";
                }[];
                /** @enum {string} */
                outcome: "granted" | "refused";
                /** @description Of a test sign-in: who would come in, after the mappers; nobody was made or changed. */
                person?: {
                    displayName?: string;
                    email?: string;
                    groups: string[];
                    /**
                     * @description By a link that is there, by one that would be made, or as a new person.
                     * @enum {string}
                     */
                    how: "known" | "linked" | "created";
                    name?: string;
                    roleIds: string[];
                    uid?: string;
                    username?: string;
                };
                /** @enum {string} */
                plane: "token-exchange" | "client-credentials" | "sign-in" | "step-up" | "test";
                provider?: string;
                rungs: {
                    actual?: string;
                    code?: string;
                    expected?: string;
                    name: string;
                    /** @enum {string} */
                    outcome: "passed" | "failed" | "skipped";
                }[];
                trust?: string;
                /** @description The name of the Trust, where it has another one: of a single decision, while it is there. */
                trustName?: string;
            };
        };
        /** DecisionList */
        "manifests.DecisionList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.Decision"][];
            /** @enum {string} */
            kind: "DecisionList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** Documents */
        "manifests.Documents": components["schemas"]["manifests.OrganizationDocument"] | components["schemas"]["manifests.ServicePrincipalDocument"] | components["schemas"]["manifests.WorkloadProviderDocument"] | components["schemas"]["manifests.TrustDocument"] | components["schemas"]["manifests.WorkforceIdentityProviderDocument"] | components["schemas"]["manifests.StepUpProviderDocument"] | components["schemas"]["manifests.AppDocument"] | components["schemas"]["manifests.PersonDocument"] | components["schemas"]["manifests.DomainDocument"] | {
            /** @enum {string} */
            apiVersion?: "v1" | "entente.dev/v1";
            items: (components["schemas"]["manifests.OrganizationDocument"] | components["schemas"]["manifests.ServicePrincipalDocument"] | components["schemas"]["manifests.WorkloadProviderDocument"] | components["schemas"]["manifests.TrustDocument"] | components["schemas"]["manifests.WorkforceIdentityProviderDocument"] | components["schemas"]["manifests.StepUpProviderDocument"] | components["schemas"]["manifests.AppDocument"] | components["schemas"]["manifests.PersonDocument"] | components["schemas"]["manifests.DomainDocument"])[];
            kind: string;
            metadata?: Record<string, never>;
        } | (components["schemas"]["manifests.OrganizationDocument"] | components["schemas"]["manifests.ServicePrincipalDocument"] | components["schemas"]["manifests.WorkloadProviderDocument"] | components["schemas"]["manifests.TrustDocument"] | components["schemas"]["manifests.WorkforceIdentityProviderDocument"] | components["schemas"]["manifests.StepUpProviderDocument"] | components["schemas"]["manifests.AppDocument"] | components["schemas"]["manifests.PersonDocument"] | components["schemas"]["manifests.DomainDocument"] | {
            /** @enum {string} */
            apiVersion?: "v1" | "entente.dev/v1";
            items: (components["schemas"]["manifests.OrganizationDocument"] | components["schemas"]["manifests.ServicePrincipalDocument"] | components["schemas"]["manifests.WorkloadProviderDocument"] | components["schemas"]["manifests.TrustDocument"] | components["schemas"]["manifests.WorkforceIdentityProviderDocument"] | components["schemas"]["manifests.StepUpProviderDocument"] | components["schemas"]["manifests.AppDocument"] | components["schemas"]["manifests.PersonDocument"] | components["schemas"]["manifests.DomainDocument"])[];
            kind: string;
            metadata?: Record<string, never>;
        })[];
        /** Domain */
        "manifests.Domain": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "Domain";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.DomainSpec"];
            status?: {
                /** @description What the TXT record at _entente.{domain} has to say. */
                challenge: string;
                conditions?: components["schemas"]["manifests.Condition"][];
                /** @description Proved or vouched for: it routes people. */
                verified: boolean;
            };
        };
        /** DomainDocument */
        "manifests.DomainDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "Domain";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.DomainSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** DomainList */
        "manifests.DomainList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.Domain"][];
            /** @enum {string} */
            kind: "DomainList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** DomainSpec */
        "manifests.DomainSpec": {
            /** @description DNS name, such as example.com. Immutable. */
            domain?: string;
            /** @description Name of the workforce provider that it routes to. */
            provider?: string;
            /** @description An operator answers for it: no proof is asked. */
            vouched?: boolean;
        };
        /** LintFinding */
        "manifests.LintFinding": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "LintFinding";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                name: string;
                namespace: string;
                resourceVersion: string;
                uid: string;
            };
            spec: {
                /** @description Somebody has taken it upon themselves. */
                acknowledged?: boolean;
                /** @description A narrower condition. */
                fix?: string;
                message: string;
                object: {
                    /** @enum {string} */
                    kind: "Trust" | "Provider";
                    name: string;
                    uid: string;
                };
                /** @description See docs/reference/lint.md. */
                rule: string;
                /** @enum {string} */
                severity: "error" | "warning" | "info";
                /** @description Claims of a token that gets in. */
                witness?: Record<string, never>;
            };
        };
        /** LintFindingList */
        "manifests.LintFindingList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.LintFinding"][];
            /** @enum {string} */
            kind: "LintFindingList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /**
         * MergePatch
         * @description Members to put in; null takes one away. Source: RFC 7396.
         */
        "manifests.MergePatch": {
            [key: string]: unknown;
        };
        /** Organization */
        "manifests.Organization": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "Organization";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.OrganizationSpec"];
            status?: {
                conditions?: components["schemas"]["manifests.Condition"][];
            };
        };
        /** OrganizationDocument */
        "manifests.OrganizationDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "Organization";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.OrganizationSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** OrganizationList */
        "manifests.OrganizationList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.Organization"][];
            /** @enum {string} */
            kind: "OrganizationList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** OrganizationSpec */
        "manifests.OrganizationSpec": {
            branding?: {
                /** @description As #336699. */
                color?: string;
                /** @description Shown on pages of sign-in. */
                name?: string;
            };
            /** @description What the organization is. */
            description?: string;
            /** @description Shown in lists and at sign-in; the name, where it is left out. */
            displayName?: string;
            /** @description Own host name with an optional port; absent: {name}.{host of the server}. */
            host?: string;
            /** @description Which answers of which provider reach which level. */
            levels?: {
                /** @description A level of ours. */
                level: string;
                /** @description Name of the provider that reaches it. */
                provider: string;
                /** @description What the provider calls it. */
                values: string[];
            }[];
            /** @description The organisation’s own role names. */
            roles?: string[];
            session?: {
                /** @description Since the last login upstream; default 43200. */
                absoluteSeconds?: number;
                /** @description Without use, a session ends after them. */
                idleSeconds?: number;
            };
            /** @description What people have to prove themselves for, freshly and with a second factor: provider.delete, signing_key.rotate. Status tells of any other word. */
            stepUpFor?: string[];
        };
        /** Person */
        "manifests.Person": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "Person";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.PersonSpec"];
            status?: {
                /** @description What mappers took over. */
                attributes?: {
                    [key: string]: unknown;
                };
                conditions?: components["schemas"]["manifests.Condition"][];
                emailVerified?: boolean;
                /** Format: date-time */
                lastSignInAt?: string;
                username?: string;
            };
        };
        /** PersonDocument */
        "manifests.PersonDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "Person";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.PersonSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** PersonList */
        "manifests.PersonList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.Person"][];
            /** @enum {string} */
            kind: "PersonList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** PersonSession */
        "manifests.PersonSession": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "PersonSession";
            metadata: {
                /**
                 * Format: date-time
                 * @description When they came in.
                 */
                creationTimestamp: string;
                /**
                 * Format: uuid
                 * @description Also `sid` of access tokens of the session.
                 */
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** Format: uuid */
                uid: string;
            };
            spec: {
                /** @description Name of the Person. */
                person: string;
                /** @description Name of the provider they came through. */
                provider?: string;
            };
            status: {
                /** @description The level that the provider vouched for. */
                acr?: string;
                /** @description How they proved it. */
                amr: string[];
                /**
                 * Format: date-time
                 * @description When they last proved who they are, upstream.
                 */
                authTime: string;
                /**
                 * Format: date-time
                 * @description In any case.
                 */
                endsAt: string;
                /**
                 * Format: date-time
                 * @description Without further use.
                 */
                expiresAt: string;
                /**
                 * Format: date-time
                 * @description Last use; written once a minute at most.
                 */
                lastSeenAt: string;
            };
        };
        /** PersonSessionList */
        "manifests.PersonSessionList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @description The youngest first, at most a hundred. */
            items: components["schemas"]["manifests.PersonSession"][];
            /** @enum {string} */
            kind: "PersonSessionList";
            metadata: Record<string, never>;
        };
        /** PersonSpec */
        "manifests.PersonSpec": {
            /** @description Nobody comes in as a disabled person; their sessions end. */
            disabled?: boolean;
            /** @description Shown in lists; the name, where it is left out. */
            displayName?: string;
            /** @description Their address. What a provider proved is in the status. */
            email?: string;
            /** @description Groups they are in. */
            groups?: string[];
            /** @description Accounts elsewhere that are this person. */
            links?: {
                /** @description Name of a provider of the organisation. */
                provider: string;
                /** @description Who they are there, as the provider spells it. */
                subject: string;
            }[];
            /** @description What their tokens may do. */
            roleIds?: string[];
        };
        /** ProviderFinding */
        "manifests.ProviderFinding": {
            message: string;
            rule: string;
            /** @enum {string} */
            severity: "error" | "warning" | "info";
        };
        /** Removed */
        "manifests.Removed": {
            /** @enum {string} */
            apiVersion: "v1";
            details: {
                /** @description Plural. */
                kind: string;
                name: string;
            };
            /** @enum {string} */
            kind: "Status";
            metadata: Record<string, never>;
            /** @enum {string} */
            status: "Success";
        };
        /** Results */
        "manifests.Results": {
            results: {
                diff: {
                    from?: unknown;
                    path: string;
                    to?: unknown;
                }[];
                error?: {
                    causes: components["schemas"]["manifests.Cause"][];
                    message: string;
                    reason: string;
                };
                kind: string;
                /** @description Where it was asked for. */
                lint?: {
                    [key: string]: unknown;
                }[];
                name: string;
                namespace: string;
                /** @enum {string} */
                result: "created" | "configured" | "unchanged" | "failed";
                /** @description Of an App that was made without a secret: the one that was made for it, shown this once. */
                status?: {
                    clientId: string;
                    clientSecret: string;
                };
            }[];
        };
        /** ServicePrincipal */
        "manifests.ServicePrincipal": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "ServicePrincipal";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.ServicePrincipalSpec"];
            status?: {
                conditions?: components["schemas"]["manifests.Condition"][];
            };
        };
        /** ServicePrincipalDocument */
        "manifests.ServicePrincipalDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "ServicePrincipal";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.ServicePrincipalSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** ServicePrincipalList */
        "manifests.ServicePrincipalList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.ServicePrincipal"][];
            /** @enum {string} */
            kind: "ServicePrincipalList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** ServicePrincipalSpec */
        "manifests.ServicePrincipalSpec": {
            /** @description Nobody acts as a disabled one. */
            disabled?: boolean;
            /** @description Shown in lists; the name, where it is left out. */
            displayName?: string;
            /** @description What its tokens may do. */
            roleIds?: string[];
        };
        /** SigningKey */
        "manifests.SigningKey": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "SigningKey";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                name: string;
                namespace: string;
                resourceVersion: string;
                uid: string;
            };
            spec: {
                algorithm: string;
                /** @description Source: RFC 7517. */
                publicJwk: {
                    [key: string]: unknown;
                };
            };
            status: {
                /** Format: date-time */
                activeAt: string;
                /** Format: date-time */
                removeAfter?: string;
                /** @enum {string} */
                state: "next" | "active" | "retired";
            };
        };
        /** SigningKeyList */
        "manifests.SigningKeyList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.SigningKey"][];
            /** @enum {string} */
            kind: "SigningKeyList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** Status */
        "manifests.Status": {
            /** @enum {string} */
            apiVersion: "v1";
            /** @description The HTTP status. */
            code: number;
            details: {
                causes: components["schemas"]["manifests.Cause"][];
            };
            /** @enum {string} */
            kind: "Status";
            message: string;
            metadata: Record<string, never>;
            /** @description Invalid, NotFound, Conflict, … */
            reason: string;
            /** @enum {string} */
            status: "Failure";
        };
        /** StepUpProvider */
        "manifests.StepUpProvider": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "StepUpProvider";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.StepUpProviderSpec"];
            status?: {
                conditions?: components["schemas"]["manifests.Condition"][];
                /**
                 * Format: date-time
                 * @description The last test that succeeded.
                 */
                lastTestedAt?: string;
                /** @description What lint says of it, the gravest first. */
                lint?: components["schemas"]["manifests.ProviderFinding"][];
            };
        };
        /** StepUpProviderDocument */
        "manifests.StepUpProviderDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "StepUpProvider";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.StepUpProviderSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** StepUpProviderList */
        "manifests.StepUpProviderList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.StepUpProvider"][];
            /** @enum {string} */
            kind: "StepUpProviderList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** StepUpProviderSpec */
        "manifests.StepUpProviderSpec": {
            /** @description The client id registered at the provider. */
            clientId?: string;
            /** @description Written, never shown; where it is left out, a stored one stays. */
            clientSecret?: string;
            /** @description Required. */
            displayName?: string;
            /**
             * @description Nobody proves anything at a disabled one.
             * @default true
             */
            enabled?: boolean;
            /** @description The issuer; left out for Microsoft it follows from the tenant. */
            issuerUrl?: string;
            microsoft?: {
                /** @description C1 to C99; required for ACRS. */
                conditionalAccessIds?: string[];
                /** @description GUID or domain of the Entra tenant. */
                tenant?: string;
                /**
                 * @description Required: by authentication contexts, or by a fresh login alone.
                 * @enum {string}
                 */
                validationMode?: "MICROSOFT_VALIDATION_MODE_ACRS" | "MICROSOFT_VALIDATION_MODE_OIDC" | "MICROSOFT_VALIDATION_MODE_UNSPECIFIED";
            };
            oauth2?: {
                /** @description Asked for and expected back. Source: RFC 9470. */
                acrValues?: string[];
            };
        };
        /** StepUpTransaction */
        "manifests.StepUpTransaction": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "StepUpTransaction";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                name: string;
                namespace: string;
                resourceVersion: string;
                uid: string;
            };
            spec: {
                level?: string;
                maxAgeSeconds?: number;
                /** @description Name of the person; a test has none. */
                person?: string;
                policyStepId?: string;
                /** @description Name of the step-up provider. */
                provider: string;
                reason?: string;
                returnTo?: string;
                taskId?: string;
            };
            status: {
                claims?: Record<string, never>;
                errorMessage?: string;
                /** Format: date-time */
                expiresAt: string;
                /** @description uid of the person. */
                person?: string;
                /** @description Where the browser of the person begins, while it is pending. */
                redirectUrl?: string;
                /** @enum {string} */
                state: "pending" | "verified" | "error";
            };
        };
        /** StepUpTransactionDocument */
        "manifests.StepUpTransactionDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "StepUpTransaction";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.StepUpTransactionSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** StepUpTransactionList */
        "manifests.StepUpTransactionList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.StepUpTransaction"][];
            /** @enum {string} */
            kind: "StepUpTransactionList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** StepUpTransactionSpec */
        "manifests.StepUpTransactionSpec": {
            /** @description The level that has to be reached, at whichever step-up provider reaches it: urn:entente:acr:1fa, urn:entente:acr:2fa, phr, phrh. */
            level?: string;
            /** @description How old the proof may be; left out, it has to be made now. */
            maxAgeSeconds?: number;
            /** @description Who has to prove themselves: name or uid of a person of the organisation. Required. */
            person?: string;
            /** @description The step of the task’s policy. */
            policyStepId?: string;
            /** @description Name of the step-up provider; this or level. */
            provider?: string;
            /** @description Why, in words that the person and an auditor understand. Required. */
            reason?: string;
            /** @description Where the browser goes in the end: a redirect URI of an app of the organisation, or a path of ours. */
            returnTo?: string;
            /** @description The task that is approved by it, with policyStepId. */
            taskId?: string;
        };
        /** Trust */
        "manifests.Trust": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "Trust";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.TrustSpec"];
            status?: {
                /** @description What a token request names. */
                clientId?: string;
                conditions?: components["schemas"]["manifests.Condition"][];
                /** @description What lint says of it, the gravest first. */
                lint?: components["schemas"]["manifests.TrustFinding"][];
            };
        };
        /** TrustDocument */
        "manifests.TrustDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "Trust";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.TrustSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** TrustFinding */
        "manifests.TrustFinding": {
            /** @description Somebody has taken it upon themselves. */
            acknowledged: boolean;
            /** @description A narrower condition to put in its place. */
            fix: string | null;
            message: string;
            rule: string;
            /** @enum {string} */
            severity: "error" | "warning" | "info";
            /** @description Claims of a token that the condition lets in, and perhaps should not. */
            witness: Record<string, never> | null;
        };
        /** TrustList */
        "manifests.TrustList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.Trust"][];
            /** @enum {string} */
            kind: "TrustList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** TrustSpec */
        "manifests.TrustSpec": {
            /** @description Lint rules whose findings are taken upon oneself, for this condition; an error refuses the write else. */
            acknowledgedLint?: string[];
            /** @description Values of resource or audience that may be asked for. */
            allowedResources?: string[];
            /** @description Scopes that may be asked for; others are dropped. */
            allowedScopes?: string[];
            /** @description Addresses the exchange may come from; empty means any. */
            allowSourceCidrs?: string[];
            /** @description Issued tokens end no later than the subject token. */
            capLifetimeToSubject?: boolean;
            /** @description CEL over `claims`; at most 1024 bytes. Left out: every verified token of the provider. */
            condition?: string;
            /** @description What the trust is for. */
            description?: string;
            /** @description A disabled trust rejects every exchange. */
            disabled?: boolean;
            /** @description Shown in lists; the name, where it is left out. */
            displayName?: string;
            /** @description String claims copied into the issued token. */
            passthroughClaims?: string[];
            /** @description Name of the workload provider. Immutable. */
            provider?: string;
            /** @description The principal’s roles are narrowed to these; empty means all. */
            scopedRoleIds?: string[];
            /** @description Name of the service principal. Immutable. */
            servicePrincipal?: string;
            /** @description 300 to 3600, default 1800. */
            tokenLifetimeSeconds?: number;
        };
        /** WorkforceIdentityProvider */
        "manifests.WorkforceIdentityProvider": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "WorkforceIdentityProvider";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.WorkforceIdentityProviderSpec"];
            status?: {
                conditions?: components["schemas"]["manifests.Condition"][];
                /**
                 * Format: date-time
                 * @description The last test that succeeded.
                 */
                lastTestedAt?: string;
                /** @description What lint says of it, the gravest first. */
                lint?: components["schemas"]["manifests.ProviderFinding"][];
            };
        };
        /** WorkforceIdentityProviderDocument */
        "manifests.WorkforceIdentityProviderDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "WorkforceIdentityProvider";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.WorkforceIdentityProviderSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** WorkforceIdentityProviderList */
        "manifests.WorkforceIdentityProviderList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.WorkforceIdentityProvider"][];
            /** @enum {string} */
            kind: "WorkforceIdentityProviderList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** WorkforceIdentityProviderSpec */
        "manifests.WorkforceIdentityProviderSpec": {
            /** @description Extra: scopes that exchanged tokens may ask for. */
            allowedScopes?: string[];
            /** @description CEL over assertion, google and attribute; must be true for a person to come in. */
            attributeCondition?: string;
            /** @description google.subject, google.groups, attribute.{name}, … ← CEL over assertion. */
            attributeMapping?: {
                /** @description google.subject, google.groups, attribute.{name}, … */
                key: string;
                /** @description CEL over assertion; at most 2048 characters. */
                value: string;
            }[];
            /** @description What the provider is for. */
            description?: string;
            /** @description Nobody comes in through a disabled provider. */
            disabled?: boolean;
            /** @description Extra: shown in lists and at sign-in; the name, where it is left out. */
            displayName?: string;
            /** @description Extra: sign-in domains; an admin’s route nobody until they are proved. */
            domains?: string[];
            /**
             * Format: date-time
             * @description From then on it counts as disabled.
             */
            expireTime?: string;
            /**
             * @description Extra: what becomes of a person who comes for the first time; default create.
             * @enum {string}
             */
            firstLogin?: "create" | "link_verified_email" | "refuse";
            /** @description Extra: what a sign-in takes over. */
            mappers?: {
                /** @description By mapper type. */
                config?: {
                    [key: string]: unknown;
                };
                /** @description Kept where it is sent back. */
                id?: string;
                /** @description Mapper type, such as oidc-user-attribute-idp-mapper. */
                identityProviderMapper: string;
                /** @description Unique in the provider. */
                name: string;
                /** @description INHERIT, IMPORT, LEGACY or FORCE. */
                syncMode?: string;
            }[];
            oidc?: {
                /** @description Extra: Microsoft tenants that may come in through an issuer of all tenants. */
                allowedTenants?: string[];
                /** @description Extra: how the client authenticates at the token endpoint. */
                clientAuthMethod?: string;
                /** @description The client id registered at the identity provider. */
                clientId?: string;
                /** @description The issuer, checked by discovery. */
                issuerUri?: string;
                /** @description Uploaded JSON Web Key Set as JSON text, for issuers whose keys cannot be fetched. */
                jwksJson?: string;
                /** @description Extra: where the keys are, if not where discovery says. */
                jwksUrl?: string;
                /** @description Extra: end session endpoint, if not the discovered one. */
                logoutUrl?: string;
                /** @description Extra: seconds since the last login at the identity provider. */
                maxAge?: number;
                /** @description Extra: the prompt sent along. */
                prompt?: string;
                webSsoConfig?: {
                    /** @description Beside openid, profile and email. */
                    additionalScopes?: string[];
                    /**
                     * @description Whether user info is asked for and wins; with CODE only.
                     * @enum {string}
                     */
                    assertionClaimsBehavior?: "MERGE_USER_INFO_OVER_ID_TOKEN_CLAIMS" | "ONLY_ID_TOKEN_CLAIMS";
                    /**
                     * @description Default CODE.
                     * @enum {string}
                     */
                    responseType?: "CODE" | "ID_TOKEN";
                };
            };
            saml?: {
                /** @description Extra: an unsolicited response begins a sign-in of ours instead of being refused. */
                allowIdpInitiated?: boolean;
                /** @description Extra: take SHA-1 signatures. */
                allowSha1?: boolean;
                /** @description Extra: contexts that are asked for. */
                authnContextClassRefs?: string[];
                /** @description Extra: ask for a login even where there is a session. */
                forceAuthn?: boolean;
                /** @description Extra: the entity id that assertions must come from. */
                idpEntityId?: string;
                /** @description SAML metadata of the identity provider; at most 128 Ki characters. */
                idpMetadataXml?: string;
                /** @description Extra: where the metadata is fetched. */
                metadataUrl?: string;
                /** @description Extra: refuse another NameID format than the one asked for. */
                pinNameIdFormat?: boolean;
                /** @description Extra: the attribute that identifies the person. */
                principalAttribute?: string;
                /** @description Extra: SUBJECT, ATTRIBUTE or FRIENDLY_ATTRIBUTE. */
                principalType?: string;
                /** @description Extra: take encrypted assertions only. */
                wantAssertionsEncrypted?: boolean;
            };
        };
        /** WorkloadProvider */
        "manifests.WorkloadProvider": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            /** @enum {string} */
            kind: "WorkloadProvider";
            metadata: {
                /** Format: date-time */
                creationTimestamp: string;
                labels?: {
                    [key: string]: string;
                };
                name: string;
                /** @description The organisation. */
                namespace: string;
                /** @description Another one after every write. */
                resourceVersion: string;
                /**
                 * Format: uuid
                 * @description Never reused.
                 */
                uid: string;
            };
            spec: components["schemas"]["manifests.WorkloadProviderSpec"];
            status?: {
                conditions?: components["schemas"]["manifests.Condition"][];
                /** @description What lint says of it, the gravest first. */
                lint?: components["schemas"]["manifests.ProviderFinding"][];
            };
        };
        /** WorkloadProviderDocument */
        "manifests.WorkloadProviderDocument": {
            /**
             * @description The version of this form.
             * @enum {string}
             */
            apiVersion: "entente.dev/v1";
            /**
             * @description What the document is about.
             * @enum {string}
             */
            kind: "WorkloadProvider";
            /** @description Name, place and labels. */
            metadata: {
                /** @description Read-only. */
                creationTimestamp?: string;
                /** @description Names and values to select by; a document without has none. */
                labels?: {
                    [key: string]: string;
                };
                /** @description Made from the display name where it is left out. */
                name?: string;
                /** @description The organisation. */
                namespace?: string;
                /** @description Sent back, it makes the write fail if somebody else was first. */
                resourceVersion?: string;
                /** @description Read-only; sent back, it makes the write fail for a namesake. */
                uid?: string;
            };
            spec?: components["schemas"]["manifests.WorkloadProviderSpec"];
            /** @description Read-only. */
            status?: Record<string, never>;
        };
        /** WorkloadProviderList */
        "manifests.WorkloadProviderList": {
            /** @enum {string} */
            apiVersion: "entente.dev/v1";
            items: components["schemas"]["manifests.WorkloadProvider"][];
            /** @enum {string} */
            kind: "WorkloadProviderList";
            metadata: {
                /** @description There if another page follows. */
                continue?: string;
            };
        };
        /** WorkloadProviderSpec */
        "manifests.WorkloadProviderSpec": {
            /** @description What the provider is for. */
            description?: string;
            /** @description A disabled provider rejects every exchange. */
            disabled?: boolean;
            /** @description Shown in lists; the name, where it is left out. */
            displayName?: string;
            /** @description https URL checked by discovery, or the spiffe URI of the trust domain. Immutable. */
            issuer?: string;
            /**
             * @description Immutable.
             * @enum {string}
             */
            knownProvider?: "CUSTOM" | "GITHUB_ACTIONS" | "GITLAB_CI" | "HCP_TERRAFORM" | "AWS_IAM_OUTBOUND" | "KUBERNETES" | "SPIFFE";
            oidc?: {
                /** @description Accepted beside the organisation’s own. */
                allowedAudiences?: string[];
                /** @description PEM of the authorities behind the issuer’s TLS certificate. */
                caPem?: string;
                /** @description Uploaded JSON Web Key Set as JSON text; the issuer is then not asked for its keys. */
                jwksJson?: string;
                /** @description How long after `iat` a token is taken. */
                maxTokenAgeSeconds?: number;
                /** @description Each `jti` is taken once. */
                singleUse?: boolean;
            };
            spiffe?: {
                /** @description https URL of the trust domain’s bundle. */
                bundleEndpointUrl?: string;
                /** @description Uploaded SPIFFE bundle as JSON text; the endpoint is then not asked. */
                bundleJson?: string;
                /** @description Profile of the bundle endpoint: https_web. */
                profile?: string;
            };
        };
        /** CreateProvider */
        "step-up.CreateProvider": {
            /** @description Required: the client id registered at the provider. */
            clientId?: string | null;
            /** @description The client secret. Written, never shown. */
            clientSecret?: string | null;
            /** @description Required. */
            displayName?: string | null;
            /** @description Issuer, checked by OIDC discovery; left out for Microsoft it follows from the tenant. */
            issuerUrl?: string | null;
            /** @description Entra ID. Exactly one of oauth2 and microsoft must be set. */
            microsoft?: {
                /** @description C1 to C99; required for ACRS, ignored for OIDC. */
                conditionalAccessIds?: string[] | null;
                /** @description GUID or domain of the Entra tenant; required, and compared with the answer. */
                tenant?: string | null;
                /**
                 * @description ACRS: the acrs claim is asked for and required. OIDC: a fresh sign-in is. Required, unspecified is refused.
                 * @enum {string|null}
                 */
                validationMode?: "MICROSOFT_VALIDATION_MODE_UNSPECIFIED" | "MICROSOFT_VALIDATION_MODE_ACRS" | "MICROSOFT_VALIDATION_MODE_OIDC" | null;
            } | null;
            /** @description A provider of RFC 9470. Exactly one of oauth2 and microsoft must be set. */
            oauth2?: {
                /** @description Sent as acr_values; the returned acr must be one of them. Source: RFC 9470. */
                acrValues?: string[] | null;
            } | null;
        };
        /** Provider */
        "step-up.Provider": {
            /** @description Required: the client id registered at the provider. */
            clientId?: string | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            createdAt?: string | null;
            /** @description Required. */
            displayName?: string | null;
            /** @description A provider that is not enabled takes no challenge. */
            enabled?: boolean | null;
            /** @description Read-only. Name of the provider in every API of the registry. */
            id?: string | null;
            /** @description Issuer, checked by OIDC discovery; left out for Microsoft it follows from the tenant. */
            issuerUrl?: string | null;
            /**
             * Format: date-time
             * @description Read-only. Time of the last test that succeeded.
             */
            lastTestedAt?: string | null;
            /** @description Entra ID. Exactly one of oauth2 and microsoft must be set. */
            microsoft?: {
                /** @description C1 to C99; required for ACRS, ignored for OIDC. */
                conditionalAccessIds?: string[] | null;
                /** @description GUID or domain of the Entra tenant; required, and compared with the answer. */
                tenant?: string | null;
                /**
                 * @description ACRS: the acrs claim is asked for and required. OIDC: a fresh sign-in is. Required, unspecified is refused.
                 * @enum {string|null}
                 */
                validationMode?: "MICROSOFT_VALIDATION_MODE_UNSPECIFIED" | "MICROSOFT_VALIDATION_MODE_ACRS" | "MICROSOFT_VALIDATION_MODE_OIDC" | null;
            } | null;
            /** @description A provider of RFC 9470. Exactly one of oauth2 and microsoft must be set. */
            oauth2?: {
                /** @description Sent as acr_values; the returned acr must be one of them. Source: RFC 9470. */
                acrValues?: string[] | null;
            } | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            updatedAt?: string | null;
        };
        /** SearchProviders */
        "step-up.SearchProviders": {
            /** @description 10 to 100, default 25. */
            pageSize?: number | null;
            /** @description From the page before. */
            pageToken?: string | null;
            /**
             * @description Only providers with these settings.
             * @enum {string|null}
             */
            providerType?: "PROVIDER_TYPE_UNSPECIFIED" | "PROVIDER_TYPE_OAUTH2" | "PROVIDER_TYPE_MICROSOFT" | null;
            /** @description Part of the display name or id. */
            query?: string | null;
            /** @description Only these providers. */
            refs?: {
                /** @description Id of a provider. */
                id?: string | null;
            }[] | null;
        };
        /** SearchTransactions */
        "step-up.SearchTransactions": {
            /**
             * Format: date-time
             * @description Excluded.
             */
            createdAfter?: string | null;
            /**
             * Format: date-time
             * @description Excluded.
             */
            createdBefore?: string | null;
            /** @description 10 to 100, default 25. */
            pageSize?: number | null;
            /** @description From the page before. */
            pageToken?: string | null;
            /** @description Only transactions at this provider. */
            providerId?: string | null;
            /**
             * @description Only transactions in this state.
             * @enum {string|null}
             */
            state?: "STEP_UP_TRANSACTION_STATE_UNSPECIFIED" | "STEP_UP_TRANSACTION_STATE_PENDING" | "STEP_UP_TRANSACTION_STATE_VERIFIED" | "STEP_UP_TRANSACTION_STATE_ERROR" | null;
            /**
             * @description Only transactions for tasks, or only tests.
             * @enum {string|null}
             */
            targetType?: "TARGET_TYPE_UNSPECIFIED" | "TARGET_TYPE_TICKET" | "TARGET_TYPE_TEST" | null;
            /** @description Only transactions for this task; goes only with targetType TARGET_TYPE_TICKET. */
            taskId?: string | null;
            /** @description Only transactions of this person. */
            userId?: string | null;
        };
        /** Status */
        "step-up.Status": {
            /** @description google.rpc.Code. */
            code: number;
            details: ({
                /** @enum {string} */
                "@type": "type.googleapis.com/google.rpc.BadRequest";
                fieldViolations: {
                    description: string;
                    /** @description Path in the request, as it spells it. */
                    field: string;
                    /** @description Stable code. */
                    reason: string;
                }[];
            } | {
                /** @enum {string} */
                "@type": "type.googleapis.com/google.rpc.ErrorInfo";
                /** @enum {string} */
                domain: "entente.dev";
                /** @description Stable code. */
                reason: string;
            })[];
            message: string;
        };
        /** TestAnswer */
        "step-up.TestAnswer": {
            /** @description Where the browser goes to take the test. */
            redirectUrl: string;
        };
        /** Transaction */
        "step-up.Transaction": {
            approveTask?: {
                policyStepId: string;
                taskId: string;
            };
            /** @description What the provider said, once verified. */
            claims?: Record<string, never>;
            /** Format: date-time */
            createdAt: string;
            errorMessage?: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            providerId: string;
            /** @description Why it was asked for. */
            reason?: string;
            /** @enum {string} */
            state: "STEP_UP_TRANSACTION_STATE_UNSPECIFIED" | "STEP_UP_TRANSACTION_STATE_PENDING" | "STEP_UP_TRANSACTION_STATE_VERIFIED" | "STEP_UP_TRANSACTION_STATE_ERROR";
            test?: Record<string, never>;
            /** Format: date-time */
            updatedAt: string;
            /** @description Who has to prove themselves; absent for a test. */
            userId?: string;
        };
        /** UpdateSecret */
        "step-up.UpdateSecret": {
            /** @description The client secret. Written, never shown. */
            clientSecret?: string | null;
        };
        /** CreateCredential */
        "workload-federation.CreateCredential": {
            /** @description Addresses the credential may be used from; empty means any. */
            allowSourceCidrs?: string[] | null;
            /** @description The display name. */
            displayName?: string | null;
            /** @description Duration like 2592000s; at most 180 days, default 90. */
            expires?: string | null;
            /** @description The token request must carry a DPoP proof. */
            requireDpop?: boolean | null;
            /** @description The principal’s roles are narrowed to these; empty means all. */
            scopedRoles?: string[] | null;
        };
        /** CreatedCredential */
        "workload-federation.CreatedCredential": {
            /** @description Shown this once. */
            clientSecret: string;
            credential: components["schemas"]["workload-federation.Credential"];
        };
        /** CreateProvider */
        "workload-federation.CreateProvider": {
            /** @description What this provider is for. */
            description?: string | null;
            /** @description The display name; absent, the id is shown. */
            displayName?: string | null;
            /** @description https URL checked by OIDC discovery, or the spiffe trust-domain URI. Normalised, unique, immutable. */
            issuerUrl?: string | null;
            /** @description Settings of an OpenID Connect issuer. Only one of oidc and spiffe may be set. */
            oidc?: {
                /** @description Extension: audiences accepted beside the organisation’s own. */
                allowedAudiences?: string[] | null;
                /** @description Extension: PEM of the authorities behind the issuer’s TLS certificate. */
                caPem?: string | null;
                /** @description Extension: uploaded JSON Web Key Set as JSON text; the issuer is then not asked for its keys. */
                jwksJson?: string | null;
                /** @description Extension: how long after `iat` a token is taken; default by source. */
                maxTokenAgeSeconds?: number | null;
                /** @description Extension: each `jti` is taken once. */
                singleUse?: boolean | null;
            } | null;
            /** @description Settings of a SPIFFE trust domain. Only one of oidc and spiffe may be set. */
            spiffe?: {
                /** @description https URL of the trust domain’s bundle; required for SPIFFE, unless bundleJson is given. */
                bundleEndpointUrl?: string | null;
                /** @description Extension: uploaded SPIFFE bundle as JSON text; the endpoint is then not asked. */
                bundleJson?: string | null;
                /** @description Extension: the bundle endpoint profile; https_web. */
                profile?: string | null;
            } | null;
            /**
             * @description Known source; required, unspecified is refused.
             * @enum {string|null}
             */
            wellKnownProvider?: "WELL_KNOWN_WORKLOAD_PROVIDER_UNSPECIFIED" | "WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM" | "WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS" | "WELL_KNOWN_WORKLOAD_PROVIDER_GITLAB_CI" | "WELL_KNOWN_WORKLOAD_PROVIDER_HCP_TERRAFORM" | "WELL_KNOWN_WORKLOAD_PROVIDER_AWS_IAM_OUTBOUND" | "WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE" | null;
        };
        /** CreateServicePrincipal */
        "workload-federation.CreateServicePrincipal": {
            /** @description The display name. */
            displayName?: string | null;
            /** @description Extension: roles of the principal. */
            roleIds?: string[] | null;
        };
        /** CreateTrust */
        "workload-federation.CreateTrust": {
            /** @description Extension: lint rules whose findings are taken upon oneself, for this condition; an error refuses the write else. */
            acknowledgedLint?: string[] | null;
            /** @description Extension: values of resource or audience that may be asked for. */
            allowedResources?: string[] | null;
            /** @description Extension: scopes that may be asked for; others are dropped. */
            allowedScopes?: string[] | null;
            /** @description Addresses the exchange may come from, at most 32 ranges; empty means any. */
            allowSourceCidrs?: string[] | null;
            /** @description Extension: the issued token ends no later than the subject token. */
            capLifetimeToSubject?: boolean | null;
            /** @description CEL over `claims`; at most 1024 bytes. Absent means every verified token of the provider. */
            conditionExpression?: string | null;
            /** @description What this trust is for. */
            description?: string | null;
            /** @description The display name. */
            displayName?: string | null;
            /** @description String claims copied into the issued token’s c1wfc claim. */
            passthroughClaims?: string[] | null;
            /** @description Required: the provider whose tokens are let in. */
            providerId?: string | null;
            /** @description The principal’s roles are narrowed to these; empty means all. */
            scopedRoleIds?: string[] | null;
            /** @description Extension: 300 to 3600, default 1800. */
            tokenLifetimeSeconds?: number | null;
        };
        /** Credential */
        "workload-federation.Credential": {
            /** @description Addresses the credential may be used from; empty means any. */
            allowSourceCidrs?: string[] | null;
            /** @description Read-only. {name}@{audience}/spc */
            clientId?: string | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            createdAt?: string | null;
            /** @description The display name. */
            displayName?: string | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            expiresAt?: string | null;
            /** @description Read-only. */
            id?: string | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            lastUsedAt?: string | null;
            /** @description Read-only after creation. */
            requireDpop?: boolean | null;
            /** @description The principal’s roles are narrowed to these; empty means all. */
            scopedRoleIds?: string[] | null;
            /** @description Read-only. */
            servicePrincipalId?: string | null;
        };
        /** Introspection */
        "workload-federation.Introspection": {
            disabledModules: string[];
            features: string[];
            permissions: string[];
            /** @description Sic. `sub` of the token, or operator-token. */
            principleId: string;
            roles: string[];
            /** @description The organisation acted in. */
            tenantId: string;
            userId: string;
        };
        /** Provider */
        "workload-federation.Provider": {
            /**
             * Format: date-time
             * @description Read-only.
             */
            createdAt?: string | null;
            /** @description What this provider is for. */
            description?: string | null;
            /** @description A disabled provider rejects every exchange. */
            disabled?: boolean | null;
            /** @description The display name; absent, the id is shown. */
            displayName?: string | null;
            /** @description Read-only. Name of the provider in every API of the registry. */
            id?: string | null;
            /** @description https URL checked by OIDC discovery, or the spiffe trust-domain URI. Normalised, unique, immutable. */
            issuerUrl?: string | null;
            /** @description Settings of an OpenID Connect issuer. Only one of oidc and spiffe may be set. */
            oidc?: {
                /** @description Extension: audiences accepted beside the organisation’s own. */
                allowedAudiences?: string[] | null;
                /** @description Extension: PEM of the authorities behind the issuer’s TLS certificate. */
                caPem?: string | null;
                /** @description Extension: uploaded JSON Web Key Set as JSON text; the issuer is then not asked for its keys. */
                jwksJson?: string | null;
                /** @description Extension: how long after `iat` a token is taken; default by source. */
                maxTokenAgeSeconds?: number | null;
                /** @description Extension: each `jti` is taken once. */
                singleUse?: boolean | null;
            } | null;
            /** @description Settings of a SPIFFE trust domain. Only one of oidc and spiffe may be set. */
            spiffe?: {
                /** @description https URL of the trust domain’s bundle; required for SPIFFE, unless bundleJson is given. */
                bundleEndpointUrl?: string | null;
                /** @description Extension: uploaded SPIFFE bundle as JSON text; the endpoint is then not asked. */
                bundleJson?: string | null;
                /** @description Extension: the bundle endpoint profile; https_web. */
                profile?: string | null;
            } | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            updatedAt?: string | null;
            /**
             * @description Known source; required, unspecified is refused.
             * @enum {string|null}
             */
            wellKnownProvider?: "WELL_KNOWN_WORKLOAD_PROVIDER_UNSPECIFIED" | "WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM" | "WELL_KNOWN_WORKLOAD_PROVIDER_GITHUB_ACTIONS" | "WELL_KNOWN_WORKLOAD_PROVIDER_GITLAB_CI" | "WELL_KNOWN_WORKLOAD_PROVIDER_HCP_TERRAFORM" | "WELL_KNOWN_WORKLOAD_PROVIDER_AWS_IAM_OUTBOUND" | "WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE" | null;
        };
        /** SearchTrusts */
        "workload-federation.SearchTrusts": {
            /** @description 10 to 100, default 25. */
            pageSize?: number | null;
            /** @description From the page before. */
            pageToken?: string | null;
            /** @description Only trusts of this provider. */
            providerId?: string | null;
            /** @description Text in display name or description. */
            query?: string | null;
            /** @description Only trusts of this service principal. */
            servicePrincipalId?: string | null;
        };
        /** ServicePrincipal */
        "workload-federation.ServicePrincipal": {
            /**
             * Format: date-time
             * @description Read-only.
             */
            createdAt?: string | null;
            /** @description Extension: a disabled principal is refused everywhere. */
            disabled?: boolean | null;
            /** @description The display name. */
            displayName?: string | null;
            /** @description Read-only. */
            id?: string | null;
            /** @description Extension: roles of the principal. */
            roleIds?: string[] | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            updatedAt?: string | null;
        };
        /** Status */
        "workload-federation.Status": {
            /** @description google.rpc.Code. */
            code: number;
            details: ({
                /** @enum {string} */
                "@type": "type.googleapis.com/google.rpc.BadRequest";
                fieldViolations: {
                    description: string;
                    /** @description Path in the request, as it spells it. */
                    field: string;
                    /** @description Stable code. */
                    reason: string;
                }[];
            } | {
                /** @enum {string} */
                "@type": "type.googleapis.com/google.rpc.ErrorInfo";
                /** @enum {string} */
                domain: "entente.dev";
                /** @description Stable code. */
                reason: string;
            })[];
            message: string;
        };
        /** Step */
        "workload-federation.Step": {
            actual?: string;
            detail?: string;
            expected?: string;
            passed: boolean;
            skipped: boolean;
            stepName: string;
        };
        /** TestCel */
        "workload-federation.TestCel": {
            /** @description The claims of a sample token, as JSON text. */
            claimsJson?: string | null;
            /** @description Extension: the answer has conditionParts. */
            explain?: boolean | null;
            /** @description CEL over `claims`. */
            expression?: string | null;
        };
        /** TestCelAnswer */
        "workload-federation.TestCelAnswer": {
            /** @description Extension: the parts of the condition, each with what it came to and the claims it reads. */
            conditionParts?: {
                differs?: boolean;
                reads: {
                    text: string;
                    value: string;
                }[];
                text: string;
                value: string;
            }[];
            error?: string;
            expression: string;
            matched: boolean;
        };
        /** TestToken */
        "workload-federation.TestToken": {
            /** @description Extension: claims to judge in place of a token, as JSON text. */
            claimsJson?: string | null;
            /** @description IPv4 or IPv6 address to judge instead of the caller’s; a prefix is ignored. */
            sourceIp?: string | null;
            /** @description The JWT to judge; nothing is issued. */
            subjectToken?: string | null;
        };
        /** TestTokenAnswer */
        "workload-federation.TestTokenAnswer": {
            audienceValidation: components["schemas"]["workload-federation.Step"];
            celEvaluation: components["schemas"]["workload-federation.Step"];
            cidrCheck: components["schemas"]["workload-federation.Step"];
            /** @description Extension: the parts of the condition, each with what it came to and the claims it reads. */
            conditionParts?: {
                differs?: boolean;
                reads: {
                    text: string;
                    value: string;
                }[];
                text: string;
                value: string;
            }[];
            /** @description Extension: the recorded decision of plane test. */
            decisionId: string;
            decodedClaimsJson?: string;
            enabledCheck: components["schemas"]["workload-federation.Step"];
            issuerMatch: components["schemas"]["workload-federation.Step"];
            jwtDecode: components["schemas"]["workload-federation.Step"];
            overallResult: boolean;
            signatureValidation: components["schemas"]["workload-federation.Step"];
            subjectValidation: components["schemas"]["workload-federation.Step"];
            tokenFreshness: components["schemas"]["workload-federation.Step"];
        };
        /** Trust */
        "workload-federation.Trust": {
            /** @description Extension: lint rules whose findings are taken upon oneself, for this condition; an error refuses the write else. */
            acknowledgedLint?: string[] | null;
            /** @description Extension: values of resource or audience that may be asked for. */
            allowedResources?: string[] | null;
            /** @description Extension: scopes that may be asked for; others are dropped. */
            allowedScopes?: string[] | null;
            /** @description Addresses the exchange may come from, at most 32 ranges; empty means any. */
            allowSourceCidrs?: string[] | null;
            /** @description Extension: the issued token ends no later than the subject token. */
            capLifetimeToSubject?: boolean | null;
            /** @description Read-only. {name}@{audience}/wfe */
            clientId?: string | null;
            /** @description CEL over `claims`; at most 1024 bytes. Absent means every verified token of the provider. */
            conditionExpression?: string | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            createdAt?: string | null;
            /** @description What this trust is for. */
            description?: string | null;
            /** @description A disabled trust rejects every exchange. */
            disabled?: boolean | null;
            /** @description The display name. */
            displayName?: string | null;
            /** @description String claims copied into the issued token’s c1wfc claim. */
            passthroughClaims?: string[] | null;
            /** @description Immutable. */
            providerId?: string | null;
            /** @description The principal’s roles are narrowed to these; empty means all. */
            scopedRoleIds?: string[] | null;
            /** @description Read-only. */
            servicePrincipalId?: string | null;
            /** @description Extension: 300 to 3600, default 1800. */
            tokenLifetimeSeconds?: number | null;
            /**
             * Format: date-time
             * @description Read-only.
             */
            updatedAt?: string | null;
        };
    };
    responses: {
        /** @description The request is refused; every field at fault is named */
        "iam-providers.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The token is missing or tells of no caller */
        "iam-providers.401": {
            headers: {
                /** @description Bearer, or DPoP with its algorithms */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The caller may not do this */
        "iam-providers.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description There is no such object, or no such organisation for this caller */
        "iam-providers.404": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description Another object, or another write at the same time, stands in the way */
        "iam-providers.409": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The body is too large */
        "iam-providers.413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The body is of no type that is taken here */
        "iam-providers.415": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The server failed; its log has the cause under the id in X-Request-Id */
        "iam-providers.500": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The database does not answer; try again */
        "iam-providers.503": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["iam-providers.Failure"];
            };
        };
        /** @description The request is refused; every field at fault is named */
        "identity-providers.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The token is missing or tells of no caller */
        "identity-providers.401": {
            headers: {
                /** @description Bearer, or DPoP with its algorithms */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The caller may not do this */
        "identity-providers.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description There is no such object, or no such organisation for this caller */
        "identity-providers.404": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description Another object, or another write at the same time, stands in the way */
        "identity-providers.409": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The body is too large */
        "identity-providers.413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The body is of no type that is taken here */
        "identity-providers.415": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The server failed; its log has the cause under the id in X-Request-Id */
        "identity-providers.500": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The database does not answer; try again */
        "identity-providers.503": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["identity-providers.Failure"];
            };
        };
        /** @description The request is refused; every field at fault is named */
        "manifests.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The token is missing or tells of no caller */
        "manifests.401": {
            headers: {
                /** @description Bearer, or DPoP with its algorithms */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The caller may not do this */
        "manifests.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description There is no such object, or no such organisation for this caller */
        "manifests.404": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description Another object, or another write at the same time, stands in the way */
        "manifests.409": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The body is too large */
        "manifests.413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The body is of no type that is taken here */
        "manifests.415": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The server failed; its log has the cause under the id in X-Request-Id */
        "manifests.500": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The database does not answer; try again */
        "manifests.503": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["manifests.Status"];
            };
        };
        /** @description The request is refused; every field at fault is named */
        "step-up.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The token is missing or tells of no caller */
        "step-up.401": {
            headers: {
                /** @description Bearer, or DPoP with its algorithms */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The caller may not do this */
        "step-up.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description There is no such object, or no such organisation for this caller */
        "step-up.404": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description Another object, or another write at the same time, stands in the way */
        "step-up.409": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The body is too large */
        "step-up.413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The body is of no type that is taken here */
        "step-up.415": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The server failed; its log has the cause under the id in X-Request-Id */
        "step-up.500": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description The database does not answer; try again */
        "step-up.503": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["step-up.Status"];
            };
        };
        /** @description Refused: RFC 6749 §5.2, with the id of the decision that says why */
        "tokens.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @description Read it at /apis/entente.dev/v1/namespaces/{organisation}/decisions/{id}. */
                    decision_id?: string;
                    /** @description invalid_request, invalid_grant, invalid_client, invalid_target, invalid_dpop_proof, … */
                    error?: string;
                    /** @description One fixed text for everything from the trust on. */
                    error_description?: string;
                };
            };
        };
        /** @description Refused: RFC 6749 §5.2, with the id of the decision that says why */
        "tokens.401": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @description Read it at /apis/entente.dev/v1/namespaces/{organisation}/decisions/{id}. */
                    decision_id?: string;
                    /** @description invalid_request, invalid_grant, invalid_client, invalid_target, invalid_dpop_proof, … */
                    error?: string;
                    /** @description One fixed text for everything from the trust on. */
                    error_description?: string;
                };
            };
        };
        /** @description The token does not count, or has not the scope */
        "tokens.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @description invalid_token or insufficient_scope */
                    error?: string;
                    /** @description What is wrong with it. */
                    error_description?: string;
                };
            };
        };
        /** @description Too many refused requests from this address; see Retry-After */
        "tokens.429": {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The request is refused; every field at fault is named */
        "workload-federation.400": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The token is missing or tells of no caller */
        "workload-federation.401": {
            headers: {
                /** @description Bearer, or DPoP with its algorithms */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The caller may not do this */
        "workload-federation.403": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description There is no such object, or no such organisation for this caller */
        "workload-federation.404": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description Another object, or another write at the same time, stands in the way */
        "workload-federation.409": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The body is too large */
        "workload-federation.413": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The body is of no type that is taken here */
        "workload-federation.415": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The server failed; its log has the cause under the id in X-Request-Id */
        "workload-federation.500": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
        /** @description The database does not answer; try again */
        "workload-federation.503": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["workload-federation.Status"];
            };
        };
    };
    parameters: {
        /** @description A proof (RFC 9449): the issued token is bound to its key. Some credentials require it. */
        DPoP: string;
        /** @description Id of the organisation acted in; only operators name another one than their own. */
        "Entente-Organization": string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    metadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this server offers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Our issuer. */
                        issuer?: string;
                    };
                };
            };
        };
    };
    openidConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this server offers to apps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Our issuer. */
                        issuer?: string;
                    };
                };
            };
        };
    };
    list_identity_providers: {
        parameters: {
            query?: {
                /** @description So many are passed over first; default 0. */
                first?: string;
                /** @description At most so many: 0 to 1000, default 100. */
                max?: string;
                /** @description Part of alias, display name or a domain, in any case; name* is its beginning, *name* a part, "name" all of it. */
                search?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["identity-providers.Provider"][];
                        /** @description How many there are on all pages. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    create_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.CreateProvider"];
            };
        };
        responses: {
            /** @description Response for a single identity provider. */
            201: {
                headers: {
                    /** @description Path of the new object */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    get_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Response for a single identity provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    replace_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.ReplaceProvider"];
            };
        };
        responses: {
            /** @description Response for a single identity provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    delete_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    update_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.ChangeProvider"];
            };
        };
        responses: {
            /** @description Response for a single identity provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    disable_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Response for a single identity provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    enable_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Response for a single identity provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Provider"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    export_identity_provider: {
        parameters: {
            query?: {
                /** @description The one there is. */
                format?: "saml-sp-descriptor";
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SAML 2.0 metadata. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/samlmetadata+xml": string;
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    list_identity_provider_mapper_types: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["identity-providers.MapperType"][];
                        /** @description How many there are on all pages. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    list_identity_provider_mappers: {
        parameters: {
            query?: {
                /** @description So many are passed over first; default 0. */
                first?: string;
                /** @description At most so many: 0 to 1000, default 100. */
                max?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["identity-providers.Mapper"][];
                        /** @description How many there are on all pages. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    create_identity_provider_mapper: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.MapperConfig"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Path of the new object */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Mapper"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    get_identity_provider_mapper: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Mapper"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    replace_identity_provider_mapper: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.MapperConfig"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Mapper"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    delete_identity_provider_mapper: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    update_identity_provider_mapper: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.MapperChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.Mapper"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    test_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Alias of the provider. */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["identity-providers.TestAnswer"];
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    import_identity_provider_config: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["identity-providers.ImportFromUrl"];
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description OIDC discovery, SAML metadata, or providers exported from Keycloak.
                     */
                    file: Blob;
                    /**
                     * @description What the file is; a Keycloak export says so itself.
                     * @enum {string}
                     */
                    provider_id?: "oidc" | "saml";
                };
            };
        };
        responses: {
            /** @description What was read; nothing is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description For oidc_config or saml_config of a provider to be made; never with a secret. */
                        config: {
                            [key: string]: unknown;
                        };
                        mappers: components["schemas"]["identity-providers.MapperConfig"][];
                        /** @description What of the document has no counterpart here, by its place there: nothing is left out silently. */
                        not_understood: {
                            loc: (string | number)[];
                            msg: string;
                        }[];
                        /** @enum {string} */
                        provider_id: "oidc" | "saml";
                    } | components["schemas"]["identity-providers.ImportedProvider"] | {
                        items: components["schemas"]["identity-providers.ImportedProvider"][];
                        /** @description What of the document has no counterpart here, by its place there: nothing is left out silently. */
                        not_understood: {
                            loc: (string | number)[];
                            msg: string;
                        }[];
                        total: number;
                    };
                };
            };
            400: components["responses"]["identity-providers.400"];
            401: components["responses"]["identity-providers.401"];
            403: components["responses"]["identity-providers.403"];
            404: components["responses"]["identity-providers.404"];
            409: components["responses"]["identity-providers.409"];
            413: components["responses"]["identity-providers.413"];
            415: components["responses"]["identity-providers.415"];
            500: components["responses"]["identity-providers.500"];
            503: components["responses"]["identity-providers.503"];
        };
    };
    "c1.api.auth.v1.Auth.Introspect": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["workload-federation.Introspection"];
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Search": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["step-up.SearchProviders"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["step-up.Provider"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpTransactionService.Search": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["step-up.SearchTransactions"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["step-up.Transaction"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.SearchTrusts": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["workload-federation.SearchTrusts"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["workload-federation.Trust"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.List": {
        parameters: {
            query?: {
                /** @description 10 to 100, default 25. */
                page_size?: string;
                /** @description nextPageToken of the page before. */
                page_token?: string;
                /** @description The same as page_size. */
                pageSize?: string;
                /** @description The same as page_token. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["workload-federation.ServicePrincipal"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.Create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.CreateServicePrincipal"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        servicePrincipal: components["schemas"]["workload-federation.ServicePrincipal"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.Get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        servicePrincipal: components["schemas"]["workload-federation.ServicePrincipal"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.Delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.Update": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    servicePrincipal?: components["schemas"]["workload-federation.ServicePrincipal"] | null;
                    /** @description Comma-separated camelCase paths; absent means every mutable field of the body. */
                    updateMask?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        servicePrincipal: components["schemas"]["workload-federation.ServicePrincipal"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.ListCredentials": {
        parameters: {
            query?: {
                /** @description 10 to 100, default 25. */
                page_size?: string;
                /** @description nextPageToken of the page before. */
                page_token?: string;
                /** @description The same as page_size. */
                pageSize?: string;
                /** @description The same as page_token. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["workload-federation.Credential"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.CreateCredential": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.CreateCredential"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["workload-federation.CreatedCredential"];
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.GetCredential": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credential: components["schemas"]["workload-federation.Credential"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.RevokeCredential": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.service_principal.v1.ServicePrincipalService.UpdateCredential": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credential?: components["schemas"]["workload-federation.Credential"] | null;
                    /** @description Comma-separated camelCase paths; absent means every mutable field of the body. */
                    updateMask?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credential: components["schemas"]["workload-federation.Credential"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.ListTrusts": {
        parameters: {
            query?: {
                /** @description 10 to 100, default 25. */
                page_size?: string;
                /** @description nextPageToken of the page before. */
                page_token?: string;
                /** @description The same as page_size. */
                pageSize?: string;
                /** @description The same as page_token. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["workload-federation.Trust"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.CreateTrust": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.CreateTrust"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trust: components["schemas"]["workload-federation.Trust"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.GetTrust": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Full or short client id of the trust; a slash in it is escaped. */
                client_id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trust: components["schemas"]["workload-federation.Trust"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.DeleteTrust": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Full or short client id of the trust; a slash in it is escaped. */
                client_id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.UpdateTrust": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Full or short client id of the trust; a slash in it is escaped. */
                client_id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    trust?: components["schemas"]["workload-federation.Trust"] | null;
                    /** @description Comma-separated camelCase paths; absent means every mutable field of the body. */
                    updateMask?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trust: components["schemas"]["workload-federation.Trust"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.TestToken": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Full or short client id of the trust; a slash in it is escaped. */
                client_id: string;
                /** @description Id of the service principal. */
                service_principal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.TestToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["workload-federation.TestTokenAnswer"];
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.List": {
        parameters: {
            query?: {
                /** @description 10 to 100, default 25. */
                page_size?: string;
                /** @description nextPageToken of the page before. */
                page_token?: string;
                /** @description The same as page_size. */
                pageSize?: string;
                /** @description The same as page_token. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["step-up.Provider"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["step-up.CreateProvider"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stepUpProvider: components["schemas"]["step-up.Provider"];
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stepUpProvider: components["schemas"]["step-up.Provider"];
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Update": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Beyond the API’s page: a new client secret. Needed where the update moves it to another place. */
                    clientSecret?: string | null;
                    stepUpProvider?: components["schemas"]["step-up.Provider"] | null;
                    /** @description Comma-separated camelCase paths; absent means every mutable field of the body. */
                    updateMask?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        stepUpProvider: components["schemas"]["step-up.Provider"];
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Delete": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.UpdateSecret": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["step-up.UpdateSecret"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpProviderService.Test": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["step-up.TestAnswer"];
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            409: components["responses"]["step-up.409"];
            413: components["responses"]["step-up.413"];
            415: components["responses"]["step-up.415"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.stepup.v1.StepUpTransactionService.Get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        transaction: components["schemas"]["step-up.Transaction"];
                    };
                };
            };
            400: components["responses"]["step-up.400"];
            401: components["responses"]["step-up.401"];
            403: components["responses"]["step-up.403"];
            404: components["responses"]["step-up.404"];
            500: components["responses"]["step-up.500"];
            503: components["responses"]["step-up.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.ListProviders": {
        parameters: {
            query?: {
                /** @description 10 to 100, default 25. */
                page_size?: string;
                /** @description nextPageToken of the page before. */
                page_token?: string;
                /** @description The same as page_size. */
                pageSize?: string;
                /** @description The same as page_token. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        list: components["schemas"]["workload-federation.Provider"][];
                        nextPageToken: string;
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.CreateProvider": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.CreateProvider"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: components["schemas"]["workload-federation.Provider"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.GetProvider": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: components["schemas"]["workload-federation.Provider"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.DeleteProvider": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.UpdateProvider": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider?: components["schemas"]["workload-federation.Provider"] | null;
                    /** @description Comma-separated camelCase paths; absent means every mutable field of the body. */
                    updateMask?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: components["schemas"]["workload-federation.Provider"];
                    };
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    "c1.api.workload_federation.v1.WorkloadFederationService.TestCEL": {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["workload-federation.TestCel"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["workload-federation.TestCelAnswer"];
                };
            };
            400: components["responses"]["workload-federation.400"];
            401: components["responses"]["workload-federation.401"];
            403: components["responses"]["workload-federation.403"];
            404: components["responses"]["workload-federation.404"];
            409: components["responses"]["workload-federation.409"];
            413: components["responses"]["workload-federation.413"];
            415: components["responses"]["workload-federation.415"];
            500: components["responses"]["workload-federation.500"];
            503: components["responses"]["workload-federation.503"];
        };
    };
    applyManifests: {
        parameters: {
            query?: {
                /** @description `All`: judge and compare, write nothing. */
                dryRun?: string;
                /** @description `true`: the results have what lint says. */
                lint?: string;
                /** @description Organisation of documents that name none. */
                namespace?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.Documents"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Results"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Results"] | components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listAppManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.AppList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createAppManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.AppDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.App"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getAppManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.App"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putAppManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.AppDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.App"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.App"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteAppManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchAppManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.App"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listAuditRecordManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.AuditRecordList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getAuditRecordManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.AuditRecord"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listDecisionManifests: {
        parameters: {
            query?: {
                /** @description `granted`, or the code of the check that refused. */
                code?: string;
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
                /** @description One of granted, refused. */
                outcome?: string;
                /** @description One of token-exchange, client-credentials, sign-in, step-up, test. */
                plane?: string;
                /** @description Name of a provider. */
                provider?: string;
                /** @description RFC 3339 time, included. */
                since?: string;
                /** @description Short client id of a trust or credential. */
                trust?: string;
                /** @description RFC 3339 time, excluded. */
                until?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.DecisionList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getDecisionManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Decision"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listDomainManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.DomainList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.DomainDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.DomainDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    verifyDomainManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Domain"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listLintFindingManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.LintFindingList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getLintFindingManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.LintFinding"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listPersonManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
                /** @description Part of name, display name or e-mail, in any case. */
                search?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.PersonList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createPersonManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.PersonDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Person"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getPersonManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Person"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putPersonManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.PersonDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Person"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Person"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deletePersonManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchPersonManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Person"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listPersonSessionManifests: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.PersonSessionList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deletePersonSessionManifests: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getPersonSessionManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                item: string;
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.PersonSession"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deletePersonSessionManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                item: string;
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listServicePrincipalManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipalList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createServicePrincipalManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.ServicePrincipalDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipal"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getServicePrincipalManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipal"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putServicePrincipalManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.ServicePrincipalDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipal"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipal"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteServicePrincipalManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchServicePrincipalManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.ServicePrincipal"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listSigningKeyManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.SigningKeyList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getSigningKeyManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.SigningKey"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    rotateSigningKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.SigningKey"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listStepUpProviderManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProviderList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.StepUpProviderDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.StepUpProviderDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProvider"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putStepUpProviderManifestSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Written, never shown. */
                    clientSecret: string;
                };
            };
        };
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteStepUpProviderManifestSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    testStepUpProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redirectUrl: string;
                    };
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listStepUpTransactionManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
                /** @description Name or uid of a person. */
                person?: string;
                /** @description Name of a step-up provider. */
                provider?: string;
                /** @description One of pending, verified, error. */
                state?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpTransactionList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createStepUpTransactionManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.StepUpTransactionDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpTransaction"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getStepUpTransactionManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.StepUpTransaction"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listTrustManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
                /** @description Name of a workload provider. */
                provider?: string;
                /** @description Name of a service principal. */
                servicePrincipal?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.TrustList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createTrustManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.TrustDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Trust"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getTrustManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Trust"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putTrustManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.TrustDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Trust"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Trust"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteTrustManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchTrustManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Trust"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listWorkforceIdentityProviderManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProviderList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.WorkforceIdentityProviderDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.WorkforceIdentityProviderDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProvider"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkforceIdentityProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putWorkforceIdentityProviderManifestSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Written, never shown. */
                    clientSecret: string;
                };
            };
        };
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteWorkforceIdentityProviderManifestSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    testWorkforceIdentityProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redirectUrl: string;
                    };
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listWorkloadProviderManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProviderList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createWorkloadProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.WorkloadProviderDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getWorkloadProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putWorkloadProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.WorkloadProviderDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProvider"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteWorkloadProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchWorkloadProviderManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
                /** @description Id of the organisation. */
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.WorkloadProvider"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    listOrganizationManifests: {
        parameters: {
            query?: {
                /** @description metadata.continue of the page before. */
                continue?: string;
                /** @description Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas. */
                labelSelector?: string;
                /** @description 1 to 500, default 100. A page may be shorter though another one follows. */
                limit?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.OrganizationList"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    createOrganizationManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.OrganizationDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Organization"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getOrganizationManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Organization"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    putOrganizationManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.OrganizationDocument"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Organization"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Organization"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    deleteOrganizationManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Removed"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    patchOrganizationManifest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Name of the object. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["manifests.MergePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Organization"];
                };
            };
            /** @description The request is refused; every field at fault is named */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The token is missing or tells of no caller */
            401: {
                headers: {
                    /** @description Bearer, or DPoP with its algorithms */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description There is no such object, or no such organisation for this caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            409: components["responses"]["manifests.409"];
            413: components["responses"]["manifests.413"];
            415: components["responses"]["manifests.415"];
            /** @description The server failed; its log has the cause under the id in X-Request-Id */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
            /** @description The database does not answer; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["manifests.Status"];
                };
            };
        };
    };
    getManifestSchema: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description JSON Schema 2020-12 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": Record<string, never>;
                };
            };
            /** @description As it was */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["manifests.400"];
            401: components["responses"]["manifests.401"];
            403: components["responses"]["manifests.403"];
            404: components["responses"]["manifests.404"];
            500: components["responses"]["manifests.500"];
            503: components["responses"]["manifests.503"];
        };
    };
    tokenAuthV1: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof (RFC 9449): the issued token is bound to its key. Some credentials require it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description jwt-bearer: the outside token, at most 16 KiB. */
                    assertion?: string;
                    /** @description A provider’s resource name in place of client_id, or the target of the issued token. */
                    audience?: string;
                    /** @description An assertion in place of the secret (of credentials EdDSA); or, with a trust’s client_id, a workload’s token. */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description A trust’s client id, an app’s, or a credential’s for client_credentials. */
                    client_id?: string;
                    /** @description The secret of the credential or app; an app may send it as HTTP Basic, too. */
                    client_secret?: string;
                    /** @description authorization_code: what the app was sent back with. */
                    code?: string;
                    /** @description authorization_code: of PKCE (RFC 7636). */
                    code_verifier?: string;
                    /** @description urn:ietf:params:oauth:grant-type:device_code (RFC 8628). */
                    device_code?: string;
                    /** @description The grant. */
                    grant_type: string;
                    /** @description authorization_code: as it was at the authorization endpoint. */
                    redirect_uri?: string;
                    /** @description refresh_token: the last one; it is good once. */
                    refresh_token?: string;
                    /** @description The target of the issued token (RFC 8707), if the trust allows it. */
                    resource?: string;
                    /** @description Scopes; those the trust does not allow are dropped. */
                    scope?: string;
                    /** @description Token exchange: the outside token, at most 16 KiB. */
                    subject_token?: string;
                    /** @description urn:ietf:params:oauth:token-type:jwt or …:id_token */
                    subject_token_type?: string;
                };
            };
        };
        responses: {
            /** @description An access token (RFC 9068), whose decision is durable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JWT, typ at+jwt, ES256. */
                        access_token?: string;
                        /** @description Seconds. */
                        expires_in?: number;
                        /** @description Apps with openid: who signed in (OpenID Connect Core §2). */
                        id_token?: string;
                        /** @description Token exchange only. */
                        issued_token_type?: string;
                        /** @description Apps with offline_access: good once, for the next access token. */
                        refresh_token?: string;
                        /** @description What was granted, when scopes were asked for. */
                        scope?: string;
                        /** @description Bearer, or DPoP where a proof was sent. */
                        token_type?: string;
                    };
                };
            };
            400: components["responses"]["tokens.400"];
            401: components["responses"]["tokens.401"];
            429: components["responses"]["tokens.429"];
        };
    };
    authorizeDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An assertion in place of the secret (RFC 7523). */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description The app, credential or trust. */
                    client_id?: string;
                    /** @description Its secret, where not sent as HTTP Basic. */
                    client_secret?: string;
                    /** @description As at the authorization endpoint. */
                    scope?: string;
                };
            };
        };
        responses: {
            /** @description What to show the person, and what to ask the token endpoint with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description For the token endpoint. */
                        device_code?: string;
                        /** @description Seconds. */
                        expires_in?: number;
                        /** @description Seconds between two questions; 5 where it is left out. */
                        interval?: number;
                        /** @description For the person. */
                        user_code?: string;
                        /** @description Where they type it. */
                        verification_uri?: string;
                        /** @description Where they need not. */
                        verification_uri_complete?: string;
                    };
                };
            };
            400: components["responses"]["tokens.400"];
            401: components["responses"]["tokens.401"];
        };
    };
    introspect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An assertion in place of the secret (RFC 7523). */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description The app, credential or trust. */
                    client_id?: string;
                    /** @description Its secret, where not sent as HTTP Basic. */
                    client_secret?: string;
                    /** @description The access or refresh token. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Its claims, or only that it is not active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active?: boolean;
                    };
                };
            };
            /** @description The form cannot be read, or has no token */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description invalid_request */
                        error?: string;
                        /** @description What is wrong with it. */
                        error_description?: string;
                    };
                };
            };
            401: components["responses"]["tokens.401"];
        };
    };
    jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Public keys; the next one is published a day before it signs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys?: Record<string, never>[];
                    };
                };
            };
        };
    };
    pushAuthorizationRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof (RFC 9449): the issued token is bound to its key. Some credentials require it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Levels, the most wanted first. */
                    acr_values?: string;
                    /** @description JSON (OpenID Connect Core §5.5). */
                    claims?: string;
                    /** @description An assertion in place of the secret (RFC 7523). */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description The app, credential or trust. */
                    client_id?: string;
                    /** @description Its secret, where not sent as HTTP Basic. */
                    client_secret?: string;
                    /** @description Of PKCE (RFC 7636). */
                    code_challenge?: string;
                    /** @description S256 */
                    code_challenge_method?: string;
                    /** @description Thumbprint of the key that the code is bound to (RFC 9449 §10). */
                    dpop_jkt?: string;
                    /** @description Id of the provider to sign in at. */
                    idp_hint?: string;
                    /** @description The e-mail address that would be typed. */
                    login_hint?: string;
                    /** @description Seconds since the person proved who they are. */
                    max_age?: string;
                    /** @description Comes back in the ID token. */
                    nonce?: string;
                    /** @description Id of the organisation whose people may come in. */
                    organization?: string;
                    /** @description none, login or consent */
                    prompt?: string;
                    /** @description One that the app has registered. */
                    redirect_uri?: string;
                    /** @description The target of the access token (RFC 8707). */
                    resource?: string;
                    /** @description code */
                    response_type?: string;
                    /** @description openid, profile, email, groups, offline_access, and what else the app may ask for. */
                    scope?: string;
                    /** @description Comes back with the answer. */
                    state?: string;
                };
            };
        };
        responses: {
            /** @description To be named at the authorization endpoint */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Seconds. */
                        expires_in?: number;
                        /** @description Good once. */
                        request_uri?: string;
                    };
                };
            };
            400: components["responses"]["tokens.400"];
            401: components["responses"]["tokens.401"];
        };
    };
    revoke: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An assertion in place of the secret (RFC 7523). */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description The app, credential or trust. */
                    client_id?: string;
                    /** @description Its secret, where not sent as HTTP Basic. */
                    client_secret?: string;
                    /** @description The access or refresh token. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Always for a request that can be read, also for unknown tokens and for those of others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The form cannot be read, or has no token */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description invalid_request */
                        error?: string;
                        /** @description What is wrong with it. */
                        error_description?: string;
                    };
                };
            };
            401: components["responses"]["tokens.401"];
        };
    };
    token: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof (RFC 9449): the issued token is bound to its key. Some credentials require it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description jwt-bearer: the outside token, at most 16 KiB. */
                    assertion?: string;
                    /** @description A provider’s resource name in place of client_id, or the target of the issued token. */
                    audience?: string;
                    /** @description An assertion in place of the secret (of credentials EdDSA); or, with a trust’s client_id, a workload’s token. */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description A trust’s client id, an app’s, or a credential’s for client_credentials. */
                    client_id?: string;
                    /** @description The secret of the credential or app; an app may send it as HTTP Basic, too. */
                    client_secret?: string;
                    /** @description authorization_code: what the app was sent back with. */
                    code?: string;
                    /** @description authorization_code: of PKCE (RFC 7636). */
                    code_verifier?: string;
                    /** @description urn:ietf:params:oauth:grant-type:device_code (RFC 8628). */
                    device_code?: string;
                    /** @description The grant. */
                    grant_type: string;
                    /** @description authorization_code: as it was at the authorization endpoint. */
                    redirect_uri?: string;
                    /** @description refresh_token: the last one; it is good once. */
                    refresh_token?: string;
                    /** @description The target of the issued token (RFC 8707), if the trust allows it. */
                    resource?: string;
                    /** @description Scopes; those the trust does not allow are dropped. */
                    scope?: string;
                    /** @description Token exchange: the outside token, at most 16 KiB. */
                    subject_token?: string;
                    /** @description urn:ietf:params:oauth:token-type:jwt or …:id_token */
                    subject_token_type?: string;
                };
            };
        };
        responses: {
            /** @description An access token (RFC 9068), whose decision is durable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JWT, typ at+jwt, ES256. */
                        access_token?: string;
                        /** @description Seconds. */
                        expires_in?: number;
                        /** @description Apps with openid: who signed in (OpenID Connect Core §2). */
                        id_token?: string;
                        /** @description Token exchange only. */
                        issued_token_type?: string;
                        /** @description Apps with offline_access: good once, for the next access token. */
                        refresh_token?: string;
                        /** @description What was granted, when scopes were asked for. */
                        scope?: string;
                        /** @description Bearer, or DPoP where a proof was sent. */
                        token_type?: string;
                    };
                };
            };
            400: components["responses"]["tokens.400"];
            401: components["responses"]["tokens.401"];
            429: components["responses"]["tokens.429"];
        };
    };
    userinfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Claims by the scopes of the token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Scope email. */
                        email?: string;
                        email_verified?: boolean;
                        /** @description Scope groups. */
                        groups?: string[];
                        /** @description Scope profile. */
                        name?: string;
                        /** @description Of the person. */
                        organization?: string;
                        /** @description Uid of the person. */
                        sub?: string;
                    };
                };
            };
            /** @description The token does not count, or has not the scope */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description invalid_token or insufficient_scope */
                        error?: string;
                        /** @description What is wrong with it. */
                        error_description?: string;
                    };
                };
            };
            403: components["responses"]["tokens.403"];
        };
    };
    introspectV1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description An assertion in place of the secret (RFC 7523). */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description The app, credential or trust. */
                    client_id?: string;
                    /** @description Its secret, where not sent as HTTP Basic. */
                    client_secret?: string;
                    /** @description The access or refresh token. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Its claims, or only that it is not active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active?: boolean;
                    };
                };
            };
            /** @description The form cannot be read, or has no token */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description invalid_request */
                        error?: string;
                        /** @description What is wrong with it. */
                        error_description?: string;
                    };
                };
            };
            401: components["responses"]["tokens.401"];
        };
    };
    listIdentityProviders: {
        parameters: {
            query?: {
                /** @description Only those with this status. */
                enabled?: "true" | "false";
                /** @description Part of id, display name or a domain, in any case. */
                filter?: string;
                /** @description So many are passed over first; not together with pageToken. */
                offset?: string;
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
                /** @description 1 to 500, default 50. */
                pageSize?: string;
                /** @description nextPageToken of the page before; not together with offset. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There if another page follows. */
                        nextPageToken?: string;
                        /** @description How many were passed over before this page. */
                        offset: number;
                        pageSize: number;
                        providers: components["schemas"]["iam-providers.Provider"][];
                        /** @description How many there are on all pages. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    createIdentityProvider: {
        parameters: {
            query?: {
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["iam-providers.CreateProvider"];
            };
        };
        responses: {
            /** @description External identity provider configuration. Supports only OIDC providers. */
            201: {
                headers: {
                    /** @description Path of the new object */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Provider"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    getIdentityProvider: {
        parameters: {
            query?: {
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description External identity provider configuration. Supports only OIDC providers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Provider"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    deleteIdentityProvider: {
        parameters: {
            query?: {
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    updateIdentityProvider: {
        parameters: {
            query?: {
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["iam-providers.UpdateProvider"];
            };
        };
        responses: {
            /** @description External identity provider configuration. Supports only OIDC providers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Provider"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    testIdentityProvider: {
        parameters: {
            query?: {
                /** @description Organization acted in; only operators name another one than their own. */
                orgId?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.TestAnswer"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** @description So many are passed over first; not together with pageToken. */
                offset?: string;
                /** @description 1 to 500, default 50. */
                pageSize?: string;
                /** @description nextPageToken of the page before; not together with offset. */
                pageToken?: string;
            };
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There if another page follows. */
                        nextPageToken?: string;
                        /** @description How many were passed over before this page. */
                        offset: number;
                        organizations: components["schemas"]["iam-providers.Organization"][];
                        pageSize: number;
                        /** @description How many there are on all pages. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["iam-providers.CreateOrganization"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Path of the new object */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Organization"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Organization"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    deleteOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the organisation acted in; only operators name another one than their own. */
                "Entente-Organization"?: components["parameters"]["Entente-Organization"];
            };
            path: {
                /** @description Id of the object. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["iam-providers.UpdateOrganization"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["iam-providers.Organization"];
                };
            };
            400: components["responses"]["iam-providers.400"];
            401: components["responses"]["iam-providers.401"];
            403: components["responses"]["iam-providers.403"];
            404: components["responses"]["iam-providers.404"];
            409: components["responses"]["iam-providers.409"];
            413: components["responses"]["iam-providers.413"];
            415: components["responses"]["iam-providers.415"];
            500: components["responses"]["iam-providers.500"];
            503: components["responses"]["iam-providers.503"];
        };
    };
    tokenV1: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof (RFC 9449): the issued token is bound to its key. Some credentials require it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description jwt-bearer: the outside token, at most 16 KiB. */
                    assertion?: string;
                    /** @description A provider’s resource name in place of client_id, or the target of the issued token. */
                    audience?: string;
                    /** @description An assertion in place of the secret (of credentials EdDSA); or, with a trust’s client_id, a workload’s token. */
                    client_assertion?: string;
                    /** @description urn:ietf:params:oauth:client-assertion-type:jwt-bearer */
                    client_assertion_type?: string;
                    /** @description A trust’s client id, an app’s, or a credential’s for client_credentials. */
                    client_id?: string;
                    /** @description The secret of the credential or app; an app may send it as HTTP Basic, too. */
                    client_secret?: string;
                    /** @description authorization_code: what the app was sent back with. */
                    code?: string;
                    /** @description authorization_code: of PKCE (RFC 7636). */
                    code_verifier?: string;
                    /** @description urn:ietf:params:oauth:grant-type:device_code (RFC 8628). */
                    device_code?: string;
                    /** @description The grant. */
                    grant_type: string;
                    /** @description A JSON object, URL-encoded; without effect, but an accessBoundary is refused. */
                    options?: string;
                    /** @description authorization_code: as it was at the authorization endpoint. */
                    redirect_uri?: string;
                    /** @description refresh_token: the last one; it is good once. */
                    refresh_token?: string;
                    /** @description urn:ietf:params:oauth:token-type:access_token */
                    requested_token_type?: string;
                    /** @description The target of the issued token (RFC 8707), if the trust allows it. */
                    resource?: string;
                    /** @description Scopes; those the trust does not allow are dropped. */
                    scope?: string;
                    /** @description Token exchange: the outside token, at most 16 KiB. */
                    subject_token?: string;
                    /** @description urn:ietf:params:oauth:token-type:jwt or …:id_token */
                    subject_token_type?: string;
                };
            };
        };
        responses: {
            /** @description An access token (RFC 9068), whose decision is durable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JWT, typ at+jwt, ES256. */
                        access_token?: string;
                        /** @description Seconds. */
                        expires_in?: number;
                        /** @description Apps with openid: who signed in (OpenID Connect Core §2). */
                        id_token?: string;
                        /** @description Token exchange only. */
                        issued_token_type?: string;
                        /** @description Apps with offline_access: good once, for the next access token. */
                        refresh_token?: string;
                        /** @description What was granted, when scopes were asked for. */
                        scope?: string;
                        /** @description Bearer, or DPoP where a proof was sent. */
                        token_type?: string;
                    };
                };
            };
            400: components["responses"]["tokens.400"];
            401: components["responses"]["tokens.401"];
            429: components["responses"]["tokens.429"];
        };
    };
}

/** Whose bodies are forms. */
export const FORM_PATHS: readonly string[] = [
    "/auth/v1/token",
    "/oauth2/device_authorization",
    "/oauth2/introspect",
    "/oauth2/par",
    "/oauth2/revoke",
    "/oauth2/token",
    "/v1/introspect",
    "/v1/token"
]

/** Which take no bearer token: it is not sent there. */
export const OPEN_PATHS: readonly string[] = [
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    "/apis/entente.dev/v1/schema.json",
    "/auth/v1/token",
    "/oauth2/device_authorization",
    "/oauth2/jwks",
    "/oauth2/par",
    "/oauth2/token",
    "/v1/token"
]

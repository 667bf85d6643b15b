package dev.twinstack.admission.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerV1Beta1;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.PeerPolicy;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/// Makes mappers that read the objects under review into their models.
public final class ReviewMapper {

    private static final List<Class<? extends KubernetesResource>> KINDS =
            List.of(
                    AddressClaim.class,
                    AddressPolicy.class,
                    BFDProfile.class,
                    BGPAdvertisement.class,
                    BGPPeer.class,
                    BGPPeerV1Beta1.class,
                    Community.class,
                    IPAddressPool.class,
                    L2Advertisement.class,
                    PeerPolicy.class);

    private ReviewMapper() {}

    public static ObjectMapper create() {
        return taught(new ObjectMapper());
    }

    /// Teaches `mapper` the kinds.
    static ObjectMapper taught(ObjectMapper mapper) {
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);
        KINDS.forEach(serialization::registerKubernetesResource);
        return mapper;
    }
}

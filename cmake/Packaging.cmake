# The Debian package: `cmake --build --preset release --target shipped`, then
# `cpack --config build/release/CPackConfig.cmake`. deploy/debian/check does both and tries the result.
set(CCFA_SHIPPED ccfa-all ccfa-intake ccfa-routing ccfa-sara ccfa-scrutiny ccfa-insight ccfa-gateway ccfactl)
add_custom_target(shipped DEPENDS ${CCFA_SHIPPED})

install(TARGETS ${CCFA_SHIPPED} RUNTIME DESTINATION bin)
install(FILES deploy/systemd/ccfa-all.service deploy/systemd/ccfa@.service
        DESTINATION /lib/systemd/system)
install(DIRECTORY deploy/config/ DESTINATION /etc/ccfa FILES_MATCHING PATTERN "*.env")
install(FILES demo/bank-holidays.json DESTINATION share/ccfa)
install(FILES README.md services/gateway/console/web/third-party.txt DESTINATION share/doc/ccfa)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_NAME ccfa)
set(CPACK_PACKAGE_CONTACT "The operator of this build <root@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Backend of the Community Call for Action")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, passwd, tzdata")
# What referral packs are drawn with, where there is no other font.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/deploy/debian/conffiles ${PROJECT_SOURCE_DIR}/deploy/debian/postinst
    ${PROJECT_SOURCE_DIR}/deploy/debian/prerm ${PROJECT_SOURCE_DIR}/deploy/debian/postrm)
include(CPack)
